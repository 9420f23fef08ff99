import assert from "node:assert/strict";
import { test } from "node:test";
import { formulaDomain } from "../../../static/page/resources/domain.ts";
import type { Landscape } from "../../../static/page/state/types.ts";
import { pairs } from "../pairs.ts";
import { partOf } from "../part.ts";
import { runOf } from "../runs.ts";

const SIDE = Float64Array.from({ length: 101 }, (_, k) => -5 + k / 10);

/** @returns over the usual domain */
const curve = (loss: (x: number) => number): Landscape => ({
  x: SIDE,
  y: null,
  loss: SIDE.map(loss),
  window: [[-5, 5]],
});
const ground = (loss: (x: number, y: number) => number): Landscape => ({
  x: SIDE,
  y: SIDE,
  loss: Float64Array.from({ length: 101 ** 2 }, (_, k) => loss(SIDE[k % 101], SIDE[Math.floor(k / 101)])),
  window: pairs(-5, 5, -5, 5),
});

/** @returns the domain that is chosen for a formula */
const domainOf = (landscape: Landscape, from: number[], ran: any[]) =>
  formulaDomain.request({ key: "", landscape, start: from, runs: ran }, partOf({}));

const run = (points: number[][], loss: number[], reason: string = "max_steps") => runOf({ points, loss, reason });

const bowl = (x: number) => x ** 2;
/** Of gradient descent on it. */
const on = (start: number, factor: number, steps: number, reason?: string) => {
  const points = Array.from({ length: steps + 1 }, (_, k) => start * factor ** k);
  return run(
    points.map((x) => [x]),
    points.map(bowl),
    reason,
  );
};

test("the usual domain stays where it shows the runs well", async () => {
  assert.deepEqual(await domainOf(curve(bowl), [-4], [on(-4, 0.5, 20)]), [[-5, 5]]);
});

test("runs in a corner, or off it, are in the middle with room around them", async () => {
  const far = curve((x) => (x - 20) ** 2);
  const points = [24, 22, 21, 20.5, 20];
  const [[low, high]] = await domainOf(
    far,
    [24],
    [
      run(
        points.map((x) => [x]),
        points.map((x) => (x - 20) ** 2),
      ),
    ],
  );
  assert.deepEqual([low, high], [19.5, 24.5]);
  const [[from, to]] = await domainOf(curve(bowl), [0.2], [on(0.2, 0.5, 9)]);
  assert.ok(from < 0 && to > 0.2 && to - from < 0.4, `${from} to ${to}`);
});

test("a run that diverges does not tear it open, nor does one that grows", async () => {
  const calm = await domainOf(curve(bowl), [1], [on(1, 0.5, 20)]);
  assert.deepEqual(await domainOf(curve(bowl), [1], [on(1, 0.5, 20), on(1, -3, 60, "diverged")]), calm);
  assert.deepEqual(await domainOf(curve(bowl), [1], [on(1, 0.5, 20), on(1, -1.5, 20)]), calm);
});

test("a run that falls ever faster, as where nothing is lowest, does not tear it open either", async () => {
  const hill = curve((x) => -(x ** 2));
  const falls = (start: number) => {
    const up = on(start, 1.2, 60);
    return { ...up, columns: { ...up.columns, loss: up.columns.loss.map((loss: number) => -loss) } };
  };
  assert.deepEqual(await domainOf(hill, [1], [falls(1)]), [[-5, 5]]);
  const [[low, high]] = await domainOf(hill, [24], [falls(24)]);
  assert.ok(low < 24 && high > 24 && high < 100, `${low} to ${high}`);
});

test("the lowest place of the usual domain is in sight, where it is no edge", async () => {
  const valleys = curve((x) => x ** 4 - x ** 2 + 0.2 * x);
  const [[low, high]] = await domainOf(valleys, [0.9], [run([[0.9], [0.64]], [0, -0.114])]);
  assert.ok(low < -0.8 && high > 0.9 && high - low < 4, `${low} to ${high}`);
});

test("minima beside the runs are in sight, those far from them are not", async () => {
  const hills = ground((x, y) => x ** 2 + y ** 2 + 2 * Math.sin(3 * x) * Math.cos(3 * y));
  const down = run(
    [
      [1, 5],
      [0.5, 2.8],
      [-0.5, 0],
    ],
    [26, 7, -1.7],
  );
  const [[left, right], [low, high]] = await domainOf(hills, [1, 5], [down]);
  assert.ok(left < -2.3 && right > 1.4 && low < -0.9 && high > 5 && high < 7, `${[left, right, low, high]}`);
  const waves = ground((x, y) => Math.cos(3 * x) + 0.02 * x ** 2 + y ** 2);
  const [[from, to]] = await domainOf(
    waves,
    [0.9, 0.3],
    [
      run(
        [
          [0.9, 0.3],
          [1.05, 0],
        ],
        [-0.8, -1],
      ),
    ],
  );
  assert.ok(from > -2.5 && to < 2.5, `${from} to ${to}`);
});

test("a narrow valley has no minimum at each place of the grid that meets its floor", async () => {
  const rosenbrock = ground((x, y) => (1 - x) ** 2 + 100 * (y - x ** 2) ** 2);
  const down = run(
    [
      [-1, 1.5],
      [-0.2, 0.05],
      [0.9, 0.8],
    ],
    [29, 1.5, 0.01],
  );
  const [[left, right], [low, high]] = await domainOf(rosenbrock, [-1, 1.5], [down]);
  assert.ok(left > -2 && right < 2 && low > -1 && high < 3, `${[left, right, low, high]}`);
});

test("a small change of a run leaves it, and both ways have one scale", async () => {
  const bowls = ground((x, y) => x ** 2 + 4 * y ** 2);
  const path = (reach: number) =>
    run(
      [
        [0.3, 0.02],
        [reach, 0],
        [0, 0],
      ],
      [0.1, 0.01, 0],
    );
  const window = await domainOf(bowls, [0.3, 0.02], [path(-0.02)]);
  assert.deepEqual(await domainOf(bowls, [0.3, 0.02], [path(-0.021)]), window);
  const [wide, high] = window.map(([low, to]) => to - low);
  assert.ok(high / wide > 0.4 && high / wide < 2, `${wide} by ${high}`);
});

test("where nothing runs the usual domain stays, or a start that is off it is in sight", async () => {
  assert.deepEqual(
    await domainOf(
      curve((x) => x),
      [1],
      [],
    ),
    [[-5, 5]],
  );
  const [[low, high]] = await domainOf(curve(bowl), [40], []);
  assert.ok(low < 0 && high > 40);
});
