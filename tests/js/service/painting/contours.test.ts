import assert from "node:assert/strict";
import { test } from "node:test";
import { type ContourLines, contours } from "../../../../static/page/service/painting/contours.ts";

const SIZE = 61;

/** @param loss  over -3..3 both ways, y upwards */
function field(loss: (x: number, y: number) => number): Float64Array {
  return Float64Array.from({ length: SIZE * SIZE }, (_, k) =>
    loss(-3 + (k % SIZE) / 10, 3 - Math.floor(k / SIZE) / 10),
  );
}

/** @returns in x and y */
function unpacked({ points, starts }: ContourLines): [number, number][][] {
  return Array.from(starts.slice(1), (end, n) =>
    Array.from({ length: end - starts[n] }, (_, k) => {
      const at = 2 * (starts[n] + k);
      return [-3 + points[at] / 10, 3 - points[at + 1] / 10];
    }),
  );
}

test("a ring is one closed line of the right length", () => {
  const [line] = contours(
    field((x, y) => x * x + y * y),
    SIZE,
    SIZE,
    [4],
  );
  const rings = unpacked(line);
  assert.equal(rings.length, 1);
  const [ring] = rings;
  assert.deepEqual(ring[0], ring[ring.length - 1]);
  const length = ring.slice(1).reduce((sum, [x, y], k) => sum + Math.hypot(x - ring[k][0], y - ring[k][1]), 0);
  assert.ok(Math.abs(length / (4 * Math.PI) - 1) < 0.002, `${length}`);
});

test("lines end at the border instead of running along it", () => {
  const [line] = contours(
    field((x, y) => x + 0.3 * y),
    SIZE,
    SIZE,
    [0],
  );
  const lines = unpacked(line);
  assert.equal(lines.length, 1);
  const ends = [lines[0][0], lines[0][lines[0].length - 1]];
  for (const [, y] of ends) assert.ok(Math.abs(Math.abs(y) - 3) < 1e-6, `${ends}`);
});

test("four valleys are four rings, a saddle is no crossing", () => {
  const himmelblau = field((x, y) => {
    const [u, v] = [2 * x, 2 * y];
    return (u * u + v - 11) ** 2 + (u + v * v - 7) ** 2;
  });
  assert.equal(unpacked(contours(himmelblau, SIZE, SIZE, [5])[0]).length, 4);
  const saddle = unpacked(
    contours(
      field((x, y) => x * y),
      SIZE,
      SIZE,
      [0.001],
    )[0],
  );
  assert.equal(saddle.length, 2);
});

test("every point of a line lies at its level", () => {
  const values = field((x, y) => 2 * x - y);
  for (const [k, level] of [-2.25, 0.4, 3.1].entries()) {
    for (const [x, y] of unpacked(contours(values, SIZE, SIZE, [-2.25, 0.4, 3.1])[k]).flat()) {
      assert.ok(Math.abs(2 * x - y - level) < 1e-5);
    }
  }
});

test("lines stop at ground that is not there", () => {
  const [line] = contours(
    field((x, y) => (x < 0 ? NaN : x * x + y * y)),
    SIZE,
    SIZE,
    [4],
  );
  const lines = unpacked(line);
  assert.equal(lines.length, 1);
  assert.ok(lines[0].every(([x]) => x >= 0));
});

test("a level that nothing crosses has no line, and plains make no endless walk", () => {
  assert.deepEqual(
    [
      ...contours(
        field(() => 1),
        SIZE,
        SIZE,
        [1, 2],
      )[0].starts,
    ],
    [0],
  );
  const steps = contours(
    field((x) => Math.floor(x)),
    SIZE,
    SIZE,
    [0],
  )[0];
  assert.equal(steps.starts.length, 2);
});
