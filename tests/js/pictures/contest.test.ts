/** What came of each value that was handed in. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { svgOf } from "../../../static/page/marks/svgFile.ts";
import { contestChart, spanOfValues } from "../../../static/page/pictures/contest/chart.ts";
import type { ContestEntry } from "../../../static/page/state/contest.ts";
import { marksOf } from "../marks.ts";
import { partOf } from "../part.ts";
import { assertPicture, LOOK } from "../pictures.ts";

const SIZE = { width: 560, height: 360 };

const entry = (seat: number, rate: number, result: number | null, place: number | null): ContestEntry =>
  partOf({
    seat,
    place,
    values: { learning_rate: rate },
    result,
  });
/**
 * Losses of AdaGrad on Beale after 50 steps from (1, 1.5), in plain NumPy: w ← w − lr·g/√(10⁻⁸ + Σg²), with the
 * gradient of the three squares by hand. Seat 65 has handed in one that diverges.
 */
const ENTRIES = [
  entry(9, 2.4, 0.02042, 1),
  entry(2, 2, 0.02792, 2),
  entry(17, 0.78, 0.1218, 3),
  entry(3, 3.7, 4.876, 4),
  entry(4, 0.13, 7.037, 5),
  entry(5, 0.05, 15.22, 6),
  entry(6, 0.012, 27.79, 7),
  entry(8, 9, 40.68, 8),
  entry(65, 9.9, null, null),
];

const chartOf = (more: object = {}) =>
  contestChart.layOut({
    entries: ENTRIES,
    hyperparameter: "learning_rate",
    even: null,
    curve: null,
    start: 41.25,
    titles: { x: "learning rate", y: "loss after 50 steps" },
    usual: 0.01,
    levels: partOf({ kind: "decades", base: 0, values: [0.1, 1, 10] }),
    theme: "day",
    scale: 1,
    size: SIZE,
    look: LOOK,
    ...more,
  });

const pictureOf = (chart: ReturnType<typeof chartOf>) =>
  svgOf("Contest", { size: SIZE, scales: chart, look: LOOK, marks: chart.marks });

test("a mark a seat over its value, the best in a ring, above 64 seats with its number; at the end the curve", () => {
  const open = chartOf();
  assertPicture("contest", pictureOf(open));
  assert.equal(marksOf(open.marks, "entry").length, 9);
  const curve = { values: [0.01, 0.1, 1, 2.4, 10], results: [28.5, 9, 0.08, 0.0204, Number.NaN] };
  const [drawn] = marksOf(chartOf({ curve }).marks, "curve");
  assert.deepEqual([drawn.x.length, Number.isNaN(drawn.y[4])], [5, true]);
  assert.match(pictureOf(chartOf({ curve })), />lowest: 2\.4</);
});

test("the axis spans whole decades around what was handed in and the default", () => {
  assert.deepEqual(spanOfValues(ENTRIES, "learning_rate", 0.01), [0.01, 10]);
  assert.deepEqual(spanOfValues([], "learning_rate", 0.01), [0.01, 1]);
  assert.deepEqual(spanOfValues([entry(1, 30, 1, 1)], "learning_rate", 0.05), [0.01, 100]);
});

test("before anything is handed in the axes stand there, and steps have no tints", () => {
  const chart = chartOf({ entries: [], start: null, levels: null, titles: { x: "learning rate", y: "steps to 0.01" } });
  assert.equal(marksOf(chart.marks, "entry").length, 0);
  assert.match(pictureOf(chart), /steps to 0\.01/);
});

test("what is counted lies beside the line of the start, and the lowest is named clear of the axis", () => {
  // 97 is just below the upper edge, which is 100; 0.0102 just above 0.01.
  const chart = chartOf({ start: 97, entries: [entry(1, 0.02, 0.0102, 1)] });
  const heightOf = (of: string) => marksOf(chart.marks, of).map(({ at, shift }) => at[1] + shift[1])[0];
  const { top, height } = chart.box;
  const line = top + (height * Math.log10(100 / 97)) / 4; // of four decades
  assert.ok(Math.abs(heightOf("counted") - line) >= 9, `${heightOf("counted")} beside ${line}`);
  assert.ok(heightOf("lowest") + 7 < top + height, `${heightOf("lowest")} above ${top + height}`);
});

test("a hyperparameter whose slider is no logarithm lies evenly, from where to where it may be set", () => {
  const entries = [0, 0.5, 1].map((beta, k) => ({ seat: k + 1, place: k + 1, values: { beta }, result: k + 1 }));
  const marks = marksOf(chartOf({ hyperparameter: "beta", even: [0, 1], entries }).marks, "entry");
  const [low, middle, high] = marks.map(({ at }) => at[0]).sort((a, b) => a - b);
  assert.ok(Math.abs(middle - (low + high) / 2) < 1e-9);
});
