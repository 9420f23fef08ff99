import assert from "node:assert/strict";
import { test } from "node:test";
import { bandOf, contoursBetween, levelsOf } from "../../../static/page/math/levels.ts";

type Loss = (x: number, y: number) => number;

/** @param half  of the square domain @returns 64 x 64 samples */
function samples(loss: Loss, half: number): Float64Array {
  const at = (k: number) => -half + (2 * half * k) / 63;
  return Float64Array.from({ length: 4096 }, (_, k) => loss(at(k % 64), at(Math.floor(k / 64))));
}

const GROUND: Record<string, [Loss, number]> = {
  himmelblau: [(x, y) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2, 6],
  ravine: [(x, y) => (x * x) / 2 + 50 * y * y, 5],
  plateau: [(x, y) => 1 - Math.exp(-(x * x + 2 * y * y) / 6), 6],
  rastrigin: [(x, y) => 20 + x * x + y * y - 10 * (Math.cos(2 * Math.PI * x) + Math.cos(2 * Math.PI * y)), 5.12],
  camel: [(x, y) => (4 - 2.1 * x * x + x ** 4 / 3) * x * x + x * y + (4 * y * y - 4) * y * y, 2],
  easom: [(x, y) => -Math.cos(x) * Math.cos(y) * Math.exp(-(x * x + y * y)), 3],
};

for (const [name, [loss, half]] of Object.entries(GROUND)) {
  const seen = samples(loss, half);
  const levels = levelsOf(seen);

  test(`${name}: a fair number of levels, ascending, some of them index contours`, () => {
    assert.ok(levels.values.length >= 7 && levels.values.length <= 20, String(levels.values));
    for (const [k, value] of levels.values.entries())
      assert.ok(k === 0 || value > levels.values[k - 1], String(levels.values));
    assert.ok(levels.index.some(Boolean));
  });

  test(`${name}: every band but the highest has some ground`, () => {
    const bands = new Set(Array.from(seen, (value) => bandOf(levels, value)));
    assert.ok(bands.size >= levels.values.length, `${bands.size} of ${levels.values.length + 1}`);
  });

  test(`${name}: in the whole domain the contours are the levels`, () => {
    const inside = contoursBetween(levels, levels.values[0], levels.values[levels.values.length - 1] * 1.0001).map(
      (line) => line.value,
    );
    assert.ok(
      inside.every((value) => levels.values.includes(value)),
      String(inside),
    );
  });
}

test("a loss over decades has 1, 2, 5 in each, one that does not has even steps", () => {
  const himmelblau = levelsOf(samples(...GROUND.himmelblau));
  assert.deepEqual(himmelblau.values, [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
  assert.deepEqual(
    himmelblau.values.filter((_, k) => himmelblau.index[k]),
    [1, 10, 100, 1000],
  );
  assert.equal(levelsOf(samples(...GROUND.plateau)).kind, "steps");
  assert.equal(levelsOf(samples(...GROUND.rastrigin)).kind, "steps");
});

test("a loss below 0 has decades above its least, at round numbers", () => {
  const { kind, values } = levelsOf(samples(...GROUND.camel));
  assert.equal(kind, "decades");
  assert.ok(values.includes(0) && values.includes(1), String(values));
  for (const value of values) assert.equal(value, Number(value.toPrecision(3)));
});

test("no contour traces the noise of a plain", () => {
  assert.ok(!levelsOf(samples(...GROUND.easom)).values.includes(0));
});

test("a band begins at its level", () => {
  const levels = levelsOf(samples(...GROUND.himmelblau));
  assert.equal(bandOf(levels, 0), 0);
  assert.equal(bandOf(levels, 0.999), 0);
  assert.equal(bandOf(levels, 1), 1);
  assert.equal(bandOf(levels, 1e9), levels.values.length);
});

test("nearer, the pattern goes on below the lowest level, and even steps fill a narrow range", () => {
  const levels = levelsOf(samples(...GROUND.himmelblau));
  const near = contoursBetween(levels, 1e-4, 0.5).map((line) => line.value);
  assert.deepEqual(near.slice(0, 4), [0.0001, 0.0002, 0.0005, 0.001]);
  const narrow = contoursBetween(levels, 101, 109).map((line) => line.value);
  assert.deepEqual(narrow, [101, 102, 103, 104, 105, 106, 107, 108, 109]);
});

test("ground that cannot be counted gives levels all the same", () => {
  assert.deepEqual(levelsOf([NaN, Infinity]).values, []);
  assert.ok(levelsOf([3, 3, 3, 3]).values.length < 30);
  assert.deepEqual(contoursBetween(levelsOf([1, 2]), 5, 5), []);
  const mixed = levelsOf(Float64Array.from({ length: 100 }, (_, k) => (k % 3 ? k : NaN)));
  assert.ok(mixed.values.every(Number.isFinite));
});
