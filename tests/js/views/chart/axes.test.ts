import assert from "node:assert/strict";
import { test } from "node:test";
import { moveApart } from "../../../../static/page/math/apart.ts";
import { stepAxis, valueAxis } from "../../../../static/page/views/chart/axes.ts";
import { traceOf, valueAt } from "../../../../static/page/views/chart/curves.ts";

const series = (...values: number[]) => ({ first: 1, values: Float64Array.from(values) } as any);

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

test("whole decades have the figures where there are two of them, however low the chart", () => {
  assert.deepEqual(valueAxis([series(0.0135, 13.5)], [0, 2], 60).ticks.map(({ text }) => text), ["0.1", "1", "10"]);
  assert.deepEqual(valueAxis([series(0.15, 7)], [0, 2], 60).ticks.map(({ text }) => text), ["0.2", "0.5", "1", "2", "5"]);
});

test("a constant stands above 0, and is not looked at through a glass", () => {
  for (const values of [[0.002, 0.002], [0.002, 0.00201]]) {
    const axis = valueAxis([series(...values)], [0, 2], 120);
    assert.equal(axis.place(0), 0);
    assert.ok(axis.place(0.002) > 0.5 && axis.place(0.002) < 1);
  }
  assert.ok(valueAxis([series(-3, -3)], [0, 2], 120).place(0) === 1);
  assert.ok(valueAxis([series(0, 0)], [0, 2], 120).place(0) === 0.5);
});

test("a line breaks off where it has no value, and keeps its peaks where values are many", () => {
  const box = { left: 0, top: 0, width: 100, height: 100 };
  const axis = (most: number) => ({ log: false, ticks: [], place: (value: number) => value / most });
  const broken = traceOf({ box, x: axis(4), y: axis(10) }, series(1, NaN, 3, 4), [0, 4]);
  assert.equal(broken.d.match(/M/g)?.length, 2);
  const many = Float64Array.from({ length: 10_001 }, (_, k) => (k === 5_003 ? 10 : 1));
  assert.match(traceOf({ box, x: axis(10_000), y: axis(10) }, { values: many, first: 0 }, [0, 10_000]).d, / 0(L|$)/);
  assert.ok(Number.isNaN(valueAt({ values: many, first: 1 }, 0)));
});
