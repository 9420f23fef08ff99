import assert from "node:assert/strict";
import { test } from "node:test";
import { coveringOf } from "../../../static/page/math/endLooks.ts";
import { shareBands, tintsOf } from "../../../static/page/pictures/ends/sharesChart.ts";
import { sharesByEnd, sharesRequest } from "../../../static/page/resources/sharesAtRates.ts";
import { setValue } from "../../../static/page/state/actions.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { emptyState, problemKey, withAddress } from "../../../static/page/state/state.ts";
import type { State, Wire } from "../../../static/page/state/types.ts";
import { exercised } from "../exercised.ts";
import { pairs } from "../pairs.ts";
import { partOf } from "../part.ts";

const MAP = partOf<Parameters<typeof sharesByEnd>[1]>({
  x: [0, 10],
  y: [0, 10],
  minima: [
    [1, 1, 0],
    [5, 5, 2],
  ],
});

const TOLD = partOf<Wire["BasinsReached"]>({
  minima: [
    [5, 5, 2],
    [1, 1, 0],
    [8, 8, 1],
    [9, 9, 9],
  ],
  over: {
    values: [0.01, 0.1],
    shares: [
      [0.25, 0.75, 0, 0],
      [0, 0, 0.5, 0],
    ],
    share_elsewhere: [0, 0.25],
    share_diverged: [0, 0.25],
  },
});

test("a letter is the same minimum at every rate, whatever its place in the answer", () => {
  const [first, second] = sharesByEnd(TOLD, MAP).map(({ shares }) => Object.fromEntries(shares));
  assert.deepEqual(first, { 0: 0.75, 1: 0.25, "-1": 0, "-2": 0 });
  assert.deepEqual(second, { 2: 0.5, "-1": 0.25, "-2": 0.25 }, "one that the map does not have is a third");
});

test("the bands lie on top of each other, A at the top, what flies off at the bottom", () => {
  const bands = shareBands(sharesByEnd(TOLD, MAP));
  assert.deepEqual(
    bands.map(({ end, low, high }) => [end, low, high]),
    [
      [0, [0.25, 1], [1, 1]],
      [1, [0, 1], [0.25, 1]],
      [2, [0, 0.5], [0, 1]],
      [-1, [0, 0.25], [0, 0.5]],
      [-2, [0, 0], [0, 0.25]],
    ],
  );
});

test("each band has the tint of its end", () => {
  const { pixels, width } = tintsOf(sharesByEnd(TOLD, MAP), "day", [40, 40], 1);
  const has = (x: number, y: number, end: number) => {
    const colour = [...pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)].join();
    const { plain, drawn } = coveringOf(end, "day");
    return [plain, drawn].some((rgb) => rgb.map((channel) => Math.round(255 * channel)).join() === colour);
  };
  assert.ok(has(0, 2, 0) && has(0, 37, 1), "at the first rate A to three quarters, B below");
  assert.ok(has(39, 2, 2) && has(39, 25, -1) && has(39, 37, -2), "at the last C, then none, then what flies off");
});

test("what is asked does not depend on the rate that the run has, but on its other values", () => {
  const { address } = readAddress("surface=himmelblau&optimizer=heavy_ball:learning_rate=0.01", "explanation=ends");
  const problem = { kind: "surface", parameters: ["x", "y"], domain: pairs(-6, 6, -6, 6), minima: [], label: "" };
  const params = [{ name: "learning_rate", default: 0.01, min: 1e-5, max: 10, scale: "log", help: "" }];
  const bare = withAddress(emptyState(), address);
  const state = partOf<State>({
    ...bare,
    catalog: { optimizers: [{ name: "heavy_ball", label: "Heavy ball", params }], schedules: [] },
    problemOnMap: { key: problemKey(bare), problem, start: [1, 5], points: null, wholeLandscape: null, levels: null },
  });
  const [{ id }] = state.entries;
  const asked: any = sharesRequest(state);
  const rates: number[] = asked.body.over.learning_rate;
  assert.deepEqual([rates[0], rates.at(-1), rates.length], [1e-5, 10, 43]);
  assert.ok(rates.every((rate, k) => !k || Math.abs(Math.log10(rate / rates[k - 1]) - 1 / 7) < 1e-4));
  assert.deepEqual(sharesRequest(setValue(state, id, "learning_rate", 0.02, true)), asked);
  assert.equal(sharesRequest(exercised(state, { ahead: "hidden" })), null, "hidden as over the sliders");
  assert.notEqual(sharesRequest(setValue(state, id, "beta", 0.5, false))?.key, asked.key);
});
