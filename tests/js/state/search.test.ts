import assert from "node:assert/strict";
import { test } from "node:test";
import { costWords, gridWords } from "../../../static/page/panels/explanations/search.ts";
import {
  distanceTo,
  firstBelow,
  lowestOf,
  pointAt,
  triedUntil,
  trueMinimum,
} from "../../../static/page/state/search.ts";
import type { End, Landscape } from "../../../static/page/state/types.ts";
import { pairs } from "../pairs.ts";
import { partOf } from "../part.ts";
import { runOf } from "../runs.ts";

const GRID: Landscape = {
  x: Float64Array.of(-1, 0, 1),
  y: Float64Array.of(0, 2),
  window: pairs(-1, 1, 0, 2),
  loss: Float64Array.of(NaN, 5, 3, 4, 3, 1),
};

const run = (loss: number[], hidden = false, at: number[] | null = null) => {
  const made = runOf({ name: "Gradient descent", points: loss.map((one) => [one]), loss, hidden, reason: "max_steps" });
  return {
    ...made,
    end: at && partOf<End>({ ...made.end, end_point: { kind: "minimum", at, lowest: null } }),
  };
};

test("values are tried along the first parameter, then row by row, and the first of equals stays the lowest", () => {
  assert.deepEqual([pointAt(GRID, 2), pointAt(GRID, 3)], pairs(1, 0, -1, 2));
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 6].map((tried) => lowestOf(GRID, tried)),
    [-1, -1, 1, 2, 2, 2, 5],
  );
});

test("the search takes as long as the longest run in sight", () => {
  const scene = { search: GRID, wholeRuns: [run([1, 1, 1, 1, 1]), run(Array(99).fill(1), true)] };
  assert.deepEqual(
    [0, 1, 2, 4, 90].map((step) => triedUntil(scene, step)),
    [0, 2, 3, 6, 6],
  );
  assert.equal(triedUntil({ search: GRID, wholeRuns: [] }, 0), 6, "all of it where nothing runs");
});

test("it is measured from the lowest minimum that is known, else from the lowest that a run came to", () => {
  const problem = (minima: object[]) => ({ minima }) as any;
  const known = trueMinimum({
    problem: problem([
      { at: [0, 0], loss: 1 },
      { at: [3, 4], loss: 0 },
    ]),
    shownRuns: [],
  });
  assert.deepEqual(known, { at: [[3, 4]], isKnown: true });
  assert.equal(distanceTo(known!, [0, 0]), 5);
  assert.deepEqual(
    trueMinimum({ problem: problem([]), shownRuns: [run([2], false, [7]), run([1], false, [8]), run([0])] }),
    { at: [[8]], isKnown: false },
  );
  assert.equal(trueMinimum({ problem: problem([]), shownRuns: [run([2])] }), null);
});

test("a run is below a loss from a row on, as far as it has come", () => {
  assert.deepEqual(
    [1, 2, 3].map((until) => firstBelow(run([4, 3, 2, 1]), 2.5, until)),
    [null, 2, 2],
  );
  assert.equal(firstBelow(run([4, 3]), 3, 9), null, "as low is not below");
});

test("the grid says what it is, and the cost is 101 to the number of parameters", () => {
  assert.equal(
    gridWords(["x", "y"], {
      ...GRID,
      window: pairs(-5, 5, 0, 2),
    }),
    "101 values of x, from −5 to 5, 0.1 apart; for each 101 of y, from 0 to 2, 0.02 apart",
  );
  assert.deepEqual([1, 2, 3, 10].map(costWords), ["101", "10,201", "1,030,301", "1.10×10²⁰"]);
});
