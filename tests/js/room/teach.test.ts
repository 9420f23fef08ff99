/** Where a class is taught from: the address that others type, and a playlist that is pasted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pastedPlaylist, twoLines } from "../../../static/page/room/teach.ts";
import { OFFERED } from "../playlist/offered.ts";

test("the address of a room stands in two lines, host and path", () => {
  assert.deepEqual(twoLines("fall-line.example/join/ABCD"), ["fall-line.example", "/join/ABCD"]);
  assert.deepEqual(twoLines("http://10.0.0.5:8000/join"), ["http://10.0.0.5:8000", "/join"]);
  assert.deepEqual(twoLines(""), ["", ""]);
});

test("a playlist is read from a whole address or a part of one, without what it skips", () => {
  const numbers = (text: string) => pastedPlaylist(text, OFFERED).chosen.map(({ number }) => number);
  assert.deepEqual(numbers(" https://fall-line.example/play?two,~one,three#2 "), [2, 3]);
  assert.deepEqual(numbers("two"), [2]);
});

test("of a playlist with nothing to show, or that cannot be read, it is said what is wrong", () => {
  assert.deepEqual(pastedPlaylist("~one", OFFERED).faults, ["There is nothing in it to show."]);
  assert.match(pastedPlaylist("one,nowhere", OFFERED).faults.join(), /“nowhere” is no part of a playlist/);
});
