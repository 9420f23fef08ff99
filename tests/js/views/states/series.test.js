import assert from "node:assert/strict";
import { test } from "node:test";
import { moveApart } from "../../../../static/js/math/apart.js";
import { stepAxis, valueAxis } from "../../../../static/js/views/states/axes.js";
import { groupsOf, valueAt } from "../../../../static/js/views/states/series.js";

/** @type {any} */
const WIRE = {
  states: { m: { x: [0, 1, 2], y: [0, 5, 6] }, v: { x: [0, 4, 5], y: [0, 7, 8] } },
  values: { m_hat: { x: [10, 11], y: [50, 60] }, v_hat: { x: [40, null], y: [70, 80] } },
  rate: { of: "m_hat", latex: "r", values: { x: [0.1, 0.2], y: [0.3, 0.4] } },
  latex: { m: "m", v: "v", m_hat: "\\hat{m}", v_hat: "\\hat{v}" },
};
/** @type {any} */
const RUN = { length: 3, columns: { gradient: [Float64Array.of(7, 8, 0), Float64Array.of(9, 9, 0)] } };

test("what shares a letter shares a chart, the gradient beside m, every parameter's rate in one", () => {
  const groups = groupsOf(WIRE, RUN, ["x", "y"], 0);
  assert.deepEqual(groups.map(({ key, series }) => [key, ...series.map(({ of }) => of)]), [
    ["m", "g", "m", "m_hat"], ["v", "v", "v_hat"], ["rate", "rate of x", "rate of y"],
  ]);
});

test("a value is that of the step: a state after it, an intermediate in it", () => {
  const [m, v] = groupsOf(WIRE, RUN, ["x", "y"], 0);
  assert.deepEqual(m.series.map((series) => valueAt(series, 2)), [8, 2, 11]);
  assert.ok(Number.isNaN(valueAt(v.series[1], 2)));
  assert.ok(Number.isNaN(valueAt(m.series[0], 0)));
});

test("without gradients or a rate the rest is drawn", () => {
  const groups = groupsOf({ ...WIRE, rate: null }, { ...RUN, columns: { gradient: null } }, ["x", "y"], 1);
  assert.deepEqual(groups.map(({ key, series }) => [key, ...series.map(({ of }) => of)]), [["m", "m", "m_hat"], ["v", "v", "v_hat"]]);
});

const series = (/** @type {number[]} */ ...values) => /** @type {any} */ ({ first: 1, values: Float64Array.from(values) });

test("what is never negative and spans decades is drawn by its logarithm, the rest evenly", () => {
  const wide = valueAxis([series(0, 0.001, 1, 1000)], [0, 4], 120);
  assert.equal(wide.log, true);
  assert.ok(Number.isNaN(wide.place(0)) && wide.place(0.001) > 0 && wide.place(1000) < 1 && wide.ticks.length >= 2);
  const even = valueAxis([series(-5, 3)], [0, 2], 120);
  assert.equal(even.log, false);
  assert.ok(even.place(-5) > 0 && even.place(3) < 1 && even.ticks.some(({ text }) => text === "0"));
  assert.equal(valueAxis([series(NaN)], [0, 1], 120).ticks.length > 1, true);
});

test("steps are whole", () => {
  assert.ok(stepAxis([0, 3], 300).ticks.every(({ text }) => Number.isInteger(Number(text))));
});

test("words are moved apart and stay inside", () => {
  const ends = [{ y: 10 }, { y: 11 }, { y: 98 }, { y: 99 }];
  moveApart(ends, 14, 0, 100);
  const sorted = ends.map(({ y }) => y).sort((a, b) => a - b);
  assert.ok(sorted.every((y, k) => y >= 0 && y <= 100 && (k === 0 || y - sorted[k - 1] >= 14 - 1e-9)));
});
