import assert from "node:assert/strict";
import { test } from "node:test";
import { availablePoints, epochAfter, epochsOf } from "../../../static/page/state/epochs.ts";
import type { Run, State } from "../../../static/page/state/types.ts";
import { pairs } from "../pairs.ts";
import { partOf } from "../part.ts";

/** Seven points, three a step: an epoch takes three steps, the last of them on one point. */
const BATCHES = [[4, 0, 6], [2, 5, 1], [3], [1, 6, 0], [2, 4, 3], [5], [0, 1, 2]];

/** @param optimizer  with its values @param count  of points */
const stateOf = (optimizer: object, count = 7): State =>
  partOf({ entries: [{ optimizer }], problem: { points: Array.from({ length: count }, (_, k) => [k, k]) } });
const run = (batch: number[][] | null): Run => partOf({ columns: { batch } });

test("an epoch is over once every point was seen", () => {
  assert.deepEqual(epochsOf(stateOf({}), run(BATCHES), 0), [3, 6]);
  for (const [from, to] of pairs(0, 3, 3, 6)) assert.equal(new Set(BATCHES.slice(from, to).flat()).size, 7);
  assert.deepEqual(epochsOf(stateOf({}), run([]), 0), []);
});

test("a step belongs to the epoch that is under way at its row", () => {
  assert.deepEqual(
    [0, 2, 3, 5, 6].map((row) => epochAfter([3, 6], row)),
    [1, 1, 2, 2, 3],
  );
});

test("what is drawn with replacement has no epochs, nor has a run whose steps see all", () => {
  const before = partOf<State>({ entries: [{ optimizer: {} }], problem: { dataset: "not yet known" }, catalog: null });
  assert.deepEqual(epochsOf(before, run(BATCHES), 0), []);
  assert.deepEqual(epochsOf(stateOf({ sampling: "replacement" }), run(BATCHES), 0), []);
  assert.deepEqual(epochsOf(stateOf({}), run(null), 0), []);
});

test("once points have come an epoch through all that are there begins", () => {
  const optimizer = {
    ...{ name: "gd", first_points: 2 },
    changes: [
      { at: 3, first_points: 3 },
      { at: 6, learning_rate: 1 },
      { at: 7, first_points: null },
    ],
  };
  const there = availablePoints(optimizer, 4);
  assert.deepEqual([0, 2, 3, 6, 7].map(there), [2, 2, 3, 3, 4]);
  // epochs of two, one of them broken off after a step; one of three, the next broken off; one of four
  const batches = [[0], [1], [1], [2], [0], [1], [0], [3], [0], [1], [2]];
  assert.deepEqual(epochsOf(stateOf(optimizer, 4), run(batches), 0), [2, 6, 11]);
  assert.equal(availablePoints({}, 4)(0), 4);
});
