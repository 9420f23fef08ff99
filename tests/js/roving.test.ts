import assert from "node:assert/strict";
import { test } from "node:test";
import { rove } from "../../static/page/roving.ts";
import { partOf } from "./part.ts";

/** @returns where a key leads in a list of three; null: nowhere, and the key is left to others */
function led(key: string, at: number, how: object = {}, modifiers: object = {}): number | null {
  let [to, taken]: [number | null, boolean] = [null, false];
  rove(
    partOf({ key, ...modifiers, preventDefault: () => (taken = true) }),
    { at, count: 3, ...how },
    (next) => (to = next),
  );
  assert.equal(taken, to !== null);
  return to;
}

test("arrows go round a list, or to its end", () => {
  assert.deepEqual([led("ArrowDown", 2), led("ArrowLeft", 0), led("ArrowRight", 0)], [0, 2, 1]);
  assert.deepEqual([led("ArrowDown", 2, { ends: true }), led("ArrowUp", 0, { ends: true })], [2, 0]);
  assert.deepEqual(
    [led("ArrowLeft", 1, { keys: "down" }), led("ArrowUp", 1, { keys: "across" }), led("ArrowUp", -1)],
    [null, null, null],
  );
  assert.deepEqual([led("Home", 1), led("Home", 1, { homes: true }), led("End", 1, { homes: true })], [null, 0, 2]);
});

test("an arrow with a modifier is the browser's, as Alt with one that leads back", () => {
  for (const modifier of ["altKey", "ctrlKey", "metaKey"])
    assert.equal(led("ArrowLeft", 1, {}, { [modifier]: true }), null);
  assert.equal(led("ArrowLeft", 1, {}, { shiftKey: true }), 0);
});
