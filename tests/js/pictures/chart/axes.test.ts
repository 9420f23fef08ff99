import assert from "node:assert/strict";
import { test } from "node:test";
import { countAxis, evenAxis, logAxis, valueAxis } from "../../../../static/page/pictures/chart/plot.ts";
import { pairs } from "../../pairs.ts";

const series = (...values: number[]) => ({ first: 1, values: Float64Array.from(values) });

/** Whether powers of ten lie as far from each other. */
const isLog = ({ place }: { place: (value: number) => number }) =>
  Math.abs(place(1000) - 2 * place(100) + place(10)) < 1e-9;

test("what is never negative and spans decades is drawn by its logarithm, the rest evenly", () => {
  const wide = valueAxis([series(0, 0.001, 1, 1000)], [0, 4], 120);
  assert.ok(isLog(wide));
  assert.ok(Number.isNaN(wide.place(0)) && wide.place(0.001) > 0 && wide.place(1000) < 1 && wide.ticks.length >= 2);
  const even = valueAxis([series(-5, 3)], [0, 2], 120);
  assert.ok(!isLog(even));
  assert.ok(even.place(-5) > 0 && even.place(3) < 1 && even.ticks.some(({ text }) => text === "0"));
  assert.equal(valueAxis([series(NaN)], [0, 1], 120).ticks.length > 1, true);
});

const texts = ({ ticks }: { ticks: { text: string }[] }) => ticks.map(({ text }) => text);

test("steps are whole, however few", () => {
  assert.deepEqual(texts(countAxis([0, 3], 720)), ["0", "1", "2", "3"]);
  assert.deepEqual(texts(countAxis([0, 50], 150)), ["0", "20", "40"]);
  assert.deepEqual(texts(countAxis([0, 100_000], 150)), ["0", "50000", "10⁵"]);
  assert.deepEqual(texts(countAxis([0, 0], 150)), ["0"]);
});

test("a value and its place are each other's way back, on both scales", () => {
  const [even, log] = [evenAxis([-2, 6], 6), logAxis([0.01, 100], 5)];
  assert.deepEqual([-2, 0, 6].map(even.place), [0, 0.25, 1]);
  assert.deepEqual(
    [0.01, 1, 100].map((value) => Number(log.place(value).toFixed(9))),
    [0, 0.5, 1],
  );
  assert.ok(Math.abs(log.valueAt(0.75) - 10) < 1e-9 && even.valueAt(0.75) === 4);
  assert.ok(Number.isNaN(log.place(0)) && Number.isNaN(log.place(-1)));
  assert.deepEqual(texts(even), ["−2", "0", "2", "4", "6"]);
});

test("no more numbers come than fit, and ends are whole where they are to be", () => {
  for (let most = 1; most < 400; most += 3)
    for (const mostTicks of [3, 4, 6, 9])
      assert.ok(evenAxis([0, most], mostTicks).ticks.length <= mostTicks + 1, `${most} ${mostTicks}`);
  const axis = evenAxis([0.3, 9.2], 8, true);
  assert.deepEqual(texts(axis), ["0", "2", "4", "6", "8", "10"]);
  assert.deepEqual([axis.place(0), axis.place(10)], [0, 1]);
});

test("decades are left out until their numbers fit", () => {
  assert.deepEqual(texts(logAxis([1e-5, 1e5], 20)).length, 11);
  assert.deepEqual(texts(logAxis([1e-6, 1e6], 6)), ["10⁻⁶", "0.001", "1", "1000", "10⁶"]);
});

test("whole decades have the numbers where there are two of them, else round numbers as many as have room", () => {
  assert.deepEqual(
    valueAxis([series(0.0135, 13.5)], [0, 2], 60).ticks.map(({ text }) => text),
    ["0.1", "1", "10"],
  );
  const low = (height: number) => valueAxis([series(0.15, 7)], [0, 2], height).ticks.map(({ text }) => text);
  assert.deepEqual(low(150), ["0.2", "0.5", "1", "2", "5"]);
  assert.deepEqual(low(60), ["0.3", "1", "3"]);
});

test("a constant stands above 0, and is not looked at through a glass", () => {
  for (const values of pairs(0.002, 0.002, 0.002, 0.00201)) {
    const axis = valueAxis([series(...values)], [0, 2], 120);
    assert.equal(axis.place(0), 0);
    assert.ok(axis.place(0.002) > 0.5 && axis.place(0.002) < 1);
  }
  assert.ok(valueAxis([series(-3, -3)], [0, 2], 120).place(0) === 1);
  assert.ok(valueAxis([series(0, 0)], [0, 2], 120).place(0) === 0.5);
});
