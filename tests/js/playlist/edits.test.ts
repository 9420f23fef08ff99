/** A playlist that is being made, and what there is to choose from. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { foundIn } from "../../../static/page/playlist/choiceList.ts";
import { createEdits } from "../../../static/page/playlist/edits.ts";
import { itemWords, MOST_ITEMS, readPlaylist } from "../../../static/page/playlist/items.ts";
import { OFFERED } from "./offered.ts";

const editsOf = (query: string) => createEdits(readPlaylist(query, OFFERED), OFFERED);
const SCENE = { kind: "preset" as const, number: 2, sections: [], skipped: false };

test("what is added stands last, is told by its place among those that are shown, and is in the address", () => {
  const edits = editsOf("one,~three");
  assert.deepEqual(edits.add(SCENE), { message: "Two is part 2.", faults: [] });
  assert.equal(edits.query(), "?one,~three,two");
  edits.rename("Tuesday");
  assert.equal(edits.query(), "?one,~three,two&name=Tuesday");
  assert.equal(editsOf("").query(), "");
});

test("no more parts are added than an address has room for", () => {
  const edits = editsOf(Array(MOST_ITEMS).fill("one").join());
  assert.deepEqual(edits.add(SCENE), { message: "", faults: [`A playlist has at most ${MOST_ITEMS} parts.`] });
  assert.equal(edits.items().length, MOST_ITEMS);
});

test("a part moves to another place, and stays the same object", () => {
  const edits = editsOf("one,two,three");
  const [one] = edits.items();
  assert.equal(edits.moveTo(one, 2)?.message, "One is in place 3 of 3.");
  assert.deepEqual([edits.query(), edits.items()[2] === one], ["?two,three,one", true]);
  assert.deepEqual([edits.moveTo(one, 2), edits.moveTo(one, 3), edits.moveTo(one, -1)], [null, null, null]);
});

test("a part is skipped in its place, shown again, and taken out", () => {
  const edits = editsOf("one,two");
  const [one] = edits.items();
  assert.equal(edits.skip(one).message, "One is skipped; it keeps its place.");
  assert.deepEqual([edits.query(), edits.shown().length], ["?~one,two", 1]);
  assert.equal(edits.skip(one).message, "One is shown again.");
  assert.equal(edits.remove(one).message, "One is taken out.");
  assert.equal(edits.query(), "?two");
});

test("sections of a lesson are left out and shown again in their order, and the last one stays", () => {
  const edits = editsOf("rate:");
  const [item] = edits.items();
  for (const section of [1, 3]) edits.toggleSection(item, section);
  assert.deepEqual([item.sections, itemWords(item, OFFERED)], [[2], "Lesson 1, 1 of 3 sections"]);
  edits.toggleSection(item, 2);
  assert.deepEqual(item.sections, [2]);
  edits.toggleSection(item, 1);
  assert.deepEqual(item.sections, [1, 2]);
});

test("a part is told by how its question is answered, and by whether it is for today", () => {
  assert.equal(itemWords(SCENE, OFFERED), "Scene 2, choose a run");
  assert.equal(itemWords({ ...SCENE, skipped: true }, OFFERED), "Scene 2, choose a run, not today");
});

test("scenes and lessons are found by words of their number, title and chapter", () => {
  const numbers = (kind: "preset" | "lesson", sought: string) =>
    foundIn(OFFERED, kind, sought).map(({ number }) => number);
  assert.deepEqual(
    [numbers("preset", ""), numbers("preset", "first TWO"), numbers("lesson", "mom"), numbers("lesson", "two")],
    [[1, 2, 3], [2], [2], []],
  );
});
