import assert from "node:assert/strict";
import { test } from "node:test";
import { gridOf, resample } from "../../../../static/page/service/painting/grid.ts";

function sampled(loss: (x: number, y: number) => number, count: number, half: number) {
  const at = Float64Array.from({ length: count }, (_, k) => -half + (2 * half * k) / (count - 1));
  const values = Float64Array.from({ length: count * count }, (_, k) => loss(at[k % count], at[Math.floor(k / count)]));
  return gridOf({
    x: at,
    y: at,
    loss: values,
    window: [
      [-half, half],
      [-half, half],
    ],
  });
}

/** The greatest error on a finer grid. */
function worst(loss: (x: number, y: number) => number, count: number, half: number) {
  const fine = resample(sampled(loss, count, half), { x0: -half, x1: half, y0: -half, y1: half }, 201, 201);
  const at = (k: number) => -half + (2 * half * k) / 200;
  return Math.max(...fine.map((value, k) => Math.abs(value - loss(at(k % 201), -at(Math.floor(k / 201))))));
}

test("a parabola comes out as it is, up to the border", () => {
  assert.ok(worst((x, y) => 3 * x * x - x * y + 0.5 * y * y - 2, 9, 2) < 1e-12);
});

test("the error falls with the fourth power of the distance of the samples", () => {
  const wave = (x: number, y: number) => Math.sin(x) * Math.cos(1.3 * y);
  const inner = (count: number) => {
    const fine = resample(sampled(wave, count, 3), { x0: -1, x1: 1, y0: -1, y1: 1 }, 101, 101);
    return Math.max(
      ...fine.map((value, k) => Math.abs(value - wave(-1 + (k % 101) / 50, 1 - Math.floor(k / 101) / 50))),
    );
  };
  const ratio = inner(25) / inner(49);
  assert.ok(ratio > 12 && ratio < 20, `${ratio}`);
});

test("the first row is the greatest y", () => {
  const fine = resample(
    sampled((_, y) => y, 5, 1),
    { x0: -1, x1: 1, y0: -1, y1: 1 },
    3,
    3,
  );
  assert.deepEqual(
    [...fine].map((value) => Math.round(value)),
    [1, 1, 1, 0, 0, 0, -1, -1, -1],
  );
});

test("beyond the samples there is nothing", () => {
  const fine = resample(
    sampled((x) => x, 11, 1),
    { x0: -3, x1: 3, y0: -1, y1: 1 },
    7,
    3,
  );
  assert.deepEqual([...fine.slice(0, 7)].map(Number.isNaN), [true, true, false, false, false, true, true]);
});

test("what is not finite stays out, and does not spoil its neighbours", () => {
  const root = (x: number, y: number) => Math.sqrt(x) + y;
  const fine = resample(sampled(root, 33, 1), { x0: -1, x1: 1, y0: -1, y1: 1 }, 101, 101);
  assert.ok(Number.isNaN(fine[50 * 101 + 20]));
  assert.ok(Math.abs(fine[50 * 101 + 75] - Math.sqrt(0.5)) < 1e-3);
  assert.ok(Number.isFinite(fine[50 * 101 + 53]));
  const infinite = sampled((x) => 1 / x, 33, 1);
  assert.ok(!resample(infinite, { x0: -1, x1: 1, y0: -1, y1: 1 }, 50, 50).includes(Infinity));
});
