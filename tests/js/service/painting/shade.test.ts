import assert from "node:assert/strict";
import { test } from "node:test";
import { fromOklab } from "../../../../static/page/math/colour.ts";
import { levelsOf } from "../../../../static/page/math/levels.ts";
import { tints } from "../../../../static/page/math/palette.ts";
import type { RowWriter } from "../../../../static/page/service/painting/grid.ts";
import { shadeGround, shadeTable } from "../../../../static/page/service/painting/shade.ts";

const SIDE = 40;

/** @param loss  x to the right, y down, 0 to 1 */
function padded(loss: (x: number, y: number) => number): RowWriter {
  const wide = SIDE + 2;
  return (j, out) =>
    out.forEach((_, i) => {
      out[i] = loss(i / wide, j / wide);
    });
}

const LEVELS = levelsOf(Float64Array.from({ length: 1000 }, (_, k) => 0.1 * 1.01 ** k));

function painted(loss: ReturnType<typeof padded>, relief: number = 80) {
  const table = shadeTable("day", LEVELS.values.length + 1);
  const pixels = shadeGround(loss, SIDE, SIDE, LEVELS, table, relief, 1.9);
  return (i: number, j: number) => [...pixels.slice(4 * (j * SIDE + i), 4 * (j * SIDE + i) + 4)];
}

test("flat ground has the tint of its band and nothing else", () => {
  for (const [band, loss] of [
    [0, LEVELS.values[0] / 2],
    [4, (LEVELS.values[3] + LEVELS.values[4]) / 2],
    [LEVELS.values.length, 1e9],
  ]) {
    const wanted = fromOklab(tints("day", LEVELS.values.length + 1)[band]).map((c) => Math.round(255 * c));
    assert.deepEqual(painted(padded(() => loss))(20, 20), [...wanted, 255]);
  }
});

test("slopes towards the north-west are lighter than flat ground, slopes away from it darker", () => {
  const [base, grade] = [1.21, 1e-3];
  const light = ([r, g, b]: number[]) => r + g + b;
  const flat = light(painted(padded(() => base))(20, 20));
  const facing = light(
    painted(
      padded((x, y) => base + grade * (x + y)),
      3000,
    )(20, 20),
  );
  const away = light(
    painted(
      padded((x, y) => base - grade * (x + y)),
      3000,
    )(20, 20),
  );
  assert.ok(facing > flat && away < flat, `${facing} ${flat} ${away}`);
});

test("where the loss is not finite the paper shows", () => {
  const at = painted(padded((x) => (x < 0.5 ? NaN : 1.2)));
  assert.deepEqual(at(5, 5), [0, 0, 0, 0]);
  assert.equal(at(30, 5)[3], 255);
});

test("a band's edge is mixed over one pixel, not stepped", () => {
  const [low, high] = [LEVELS.values[5] * 0.98, LEVELS.values[5] * 1.02];
  const at = painted(
    padded((x) => low + (high - low) * x),
    0,
  );
  const row = Array.from({ length: SIDE }, (_, i) => String(at(i, 20)));
  const kinds = new Set(row);
  assert.ok(kinds.size >= 3 && kinds.size <= 4, [...kinds].join(" | "));
});

test("a loss below the lowest level, or overshooting below the least, is the lowest tint", () => {
  const wanted = fromOklab(tints("day", LEVELS.values.length + 1)[0]).map((c) => Math.round(255 * c));
  assert.deepEqual(painted(padded(() => -1e-9))(10, 10), [...wanted, 255]);
});
