import assert from "node:assert/strict";
import { test } from "node:test";
import { thinned, verticesOf } from "../../../../static/page/marks/scales.ts";
import { pathData } from "../../../../static/page/marks/svg.ts";
import { countAt } from "../../../../static/page/math/series.ts";
import {
  evenAxis,
  heightAt,
  nearestLine,
  seriesLine,
  stepAt,
  valueAt,
} from "../../../../static/page/pictures/chart/plot.ts";
import { pairs } from "../../pairs.ts";

/** 100 pixels either way. @param steps  from 0 @param most  from 0 */
const area = (steps: number, most: number) => ({
  box: { left: 0, top: 0, width: 100, height: 100 },
  x: evenAxis([0, steps], 4),
  y: evenAxis([0, most], 4),
});
const dataOf = (frame: ReturnType<typeof area>, ...given: Parameters<typeof seriesLine>) => {
  const { x, y } = seriesLine(...given);
  return pathData(verticesOf(frame, x, y));
};
const series = (first: number, ...values: number[]) => ({ first, values: Float64Array.from(values) });

test("a line breaks off where it has no value", () => {
  assert.equal(dataOf(area(4, 10), series(1, 1, 2, NaN, 4), [0, 4]), "M25 90L50 80M100 60Z");
  assert.equal(dataOf(area(4, 10), series(1, 1, 2, NaN, 4), [1, 2]), "M25 90L50 80", "of the steps in sight");
  assert.equal(dataOf(area(4, 10), series(0), [0, 4]), "");
});

test("of a long line each pixel keeps its first, least, greatest and last value, in order", () => {
  const heights = [5, 7, 1, 9, 4, 6, 6];
  assert.deepEqual(
    thinned(7, (k) => [k < 5 ? k / 10 : 1, heights[k]]),
    pairs(0, 5, 0.2, 1, 0.3, 9, 0.4, 4, 1, 6, 1, 6),
  );
  assert.deepEqual(
    thinned(3, (k) => [0, k === 1 ? NaN : k]),
    [
      [0, 0],
      [0, NaN],
      [0, 2],
    ],
  );
});

test("a hundred thousand steps take a few points a pixel, and no peak is lost", () => {
  const values = Float64Array.from({ length: 100_001 }, (_, k) => (k === 50_003 ? 10 : 1 + (k % 2)));
  const d = dataOf(area(100_000, 10), { values, first: 0 }, [0, 100_000]);
  assert.ok(d.match(/L/g)!.length < 4 * 101);
  assert.match(d, /L50 0L/);
});

test("between two steps the height is that of the line, and after the last there is none", () => {
  const one = series(1, 2, 4);
  assert.equal(heightAt(area(4, 10), one, 1.25), 75);
  assert.equal(heightAt(area(4, 10), one, 2), 60);
  assert.ok(Number.isNaN(heightAt(area(4, 10), one, 3)));
  assert.ok(Number.isNaN(valueAt(one, 0)));
});

test("the nearest line is meant, if it is near", () => {
  const lines = [series(0, 1, 1, 1), series(0, 3, 3, 3), series(0, NaN, NaN, NaN)];
  assert.deepEqual(
    [88, 74, 49].map((top) => nearestLine(area(2, 10), lines, 40, top)),
    [0, 1, -1],
  );
  assert.deepEqual(
    [-5, 40, 80, 200].map((left) => stepAt(area(2, 10), left)),
    [0, 1, 2, 2],
  );
  // 30, 60 and 70 samples: the third step is a short one
  const counts = Float64Array.of(0, 30, 60, 70);
  assert.deepEqual(
    [0, 14, 16, 31, 64, 66, 70].map((left) => stepAt(area(100, 10), left, counts)),
    [0, 0, 1, 1, 2, 3, 3],
  );
  assert.deepEqual(
    [0, 1.5, 2.5, 3].map((step) => countAt(step, counts)),
    [0, 45, 65, 70],
  );
  assert.equal(stepAt(area(100, 10), 60, Float64Array.of(0, 20)), 3);
});
