/** A playlist in its address. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { itemInfo, MOST_ITEMS, minutesOf, readPlaylist, writePlaylist } from "../../../static/page/playlist/items.ts";
import { delayOf } from "../../../static/page/playlist/times.ts";
import { OFFERED } from "./offered.ts";

const again = (query: string) => writePlaylist(readPlaylist(query, OFFERED), OFFERED);

test("scenes, lessons, some of their sections and what is skipped stand in the address, in their order", () => {
  const query = "three,one,momentum:1-2.4.6,rate:,~two,~momentum:5";
  const { items, faults } = readPlaylist(`?${query}`, OFFERED);
  assert.deepEqual(faults, []);
  assert.deepEqual(
    items.map(({ kind, number, sections, skipped }) => [kind, number, sections, skipped]),
    [
      ["preset", 3, [], false],
      ["preset", 1, [], false],
      ["lesson", 2, [1, 2, 4, 6], false],
      ["lesson", 1, [1, 2, 3], false],
      ["preset", 2, [], true],
      ["lesson", 2, [5], true],
    ],
  );
  assert.equal(writePlaylist({ name: "", items }, OFFERED), query);
  assert.deepEqual(readPlaylist("3,1,2:1-2.4.6,1:,~2,~2:5", OFFERED).items, items, "as addresses of before have it");
});

test("a list has a name in its address", () => {
  const query = "three,momentum:1-2&name=Momentum%2C+Tuesday";
  const { name, items, faults } = readPlaylist(query, OFFERED);
  assert.deepEqual([name, items.length, faults], ["Momentum, Tuesday", 2, []]);
  assert.equal(again(query), query);
  assert.equal(again("name=Tuesday"), "name=Tuesday");
  assert.equal(again("three&name=%20"), "three");
  assert.equal(readPlaylist(`3&name=${"a".repeat(500)}`, OFFERED).name.length, 60);
});

test("an address is written in one way, and read as chats and mail pass it on", () => {
  assert.equal(again("rate:1-3"), "rate:");
  assert.equal(again("momentum:6.4.2.1"), "momentum:1-2.4.6");
  assert.equal(again("2:3.3-4"), "momentum:3-4");
  assert.equal(again("%7Eone%2Cmomentum%3A1-2.4"), "~one,momentum:1-2.4");
  assert.equal(again(""), "");
});

test("what is no part of a playlist is told with what is allowed, and the others stay", () => {
  const faultsOf = (query: string) => readPlaylist(query, OFFERED).faults;
  assert.deepEqual(faultsOf("99"), ["There is no scene 99: scenes are 1 to 3."]);
  assert.deepEqual(faultsOf("0"), ["There is no scene 0: scenes are 1 to 3."]);
  assert.deepEqual(faultsOf("5:"), ["There is no lesson 5: lessons are 1 to 2."]);
  assert.deepEqual(faultsOf("1:2-9"), ["Lesson 1 has no section 4: its sections are 1 to 3."]);
  assert.deepEqual(faultsOf("rate:4"), ["Lesson rate has no section 4: its sections are 1 to 3."]);
  assert.deepEqual(faultsOf("1:3-1"), ["Lesson 1 has no section 3-1: its sections are 1 to 3."]);
  for (const rubbish of [
    "abc",
    "abc:",
    "momentum",
    "one:",
    "constructor",
    "%zz",
    "1:x",
    "~",
    "1.2",
    "<b>",
    `${"9".repeat(5000)}`,
  ]) {
    const [said] = faultsOf(rubbish);
    assert.match(said, /is no part of a playlist: a part is the name of a scene, as opening/);
    assert.ok(said.length < 250);
  }
  assert.equal(again("rubbish,three,99"), "three");
  assert.equal(faultsOf("a,b,c,d,e,f").at(-1), "And 2 more.");
});

test("a list that is too long ends, and says so", () => {
  const { items, faults } = readPlaylist(
    Array(MOST_ITEMS + 13)
      .fill("2")
      .join(),
    OFFERED,
  );
  assert.equal(items.length, MOST_ITEMS);
  assert.deepEqual(faults, ["A playlist has at most 60 parts: the 13 after these are left out."]);
});

test("minutes are those of the notes; where these say none the whole has none", () => {
  const { items } = readPlaylist("1,1:,2:2.4,2:6", OFFERED);
  assert.deepEqual(
    items.map((item) => itemInfo(item, OFFERED).minutes),
    [2, 4, 4, null],
  );
  assert.equal(minutesOf(items, OFFERED), null);
  assert.deepEqual(minutesOf(items.slice(0, 3), OFFERED), [2, 4, 4]);
  assert.equal(itemInfo(items[2], OFFERED).query, "surface=1");
});

test("behind is who is past the end of the part that is shown, ahead who has not come to its beginning", () => {
  const minutes = [4, 6, 5];
  assert.equal(delayOf(minutes, 1, 7), "");
  assert.equal(delayOf(minutes, 1, 10.9), "");
  assert.equal(delayOf(minutes, 1, 12.3), "2 minutes behind");
  assert.equal(delayOf(minutes, 2, 9), "1 minute ahead");
});
