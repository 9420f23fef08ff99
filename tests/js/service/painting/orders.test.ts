import assert from "node:assert/strict";
import { test } from "node:test";
import { levelsOf } from "../../../../static/page/math/levels.ts";
import { createPainter, type OrderPainting } from "../../../../static/page/service/painting/orders.ts";

const GRID = { x0: 0, x1: 1, y0: 0, y1: 1, columns: 4, rows: 4, loss: Float64Array.from({ length: 16 }, (_, k) => k) };

/** Orders a painting of a map. @returns once it is painted, and noted */
function order(paint: OrderPainting, painted: string[], name: string, width: number): Promise<void> {
  const size = { extent: GRID, width, height: 4, ratio: 1, nearness: 1 };
  return new Promise((resolve) =>
    paint({
      order: { grid: GRID, levels: levelsOf(GRID.loss), theme: "day", ...size },
      unitsX: 0.1,
      unitsY: 0.1,
      done({ image }) {
        painted.push(`${name} is ${image.width} wide`);
        resolve();
      },
    }),
  );
}

test("without workers the picture of a map that ended is not given to the one after it", async () => {
  const painter = createPainter();
  const painted: string[] = [];
  const first = new AbortController();
  void order(painter(first.signal), painted, "first", 4);
  first.abort();
  await order(painter(new AbortController().signal), painted, "second", 8);
  assert.deepEqual(painted, ["second is 8 wide"]);
});

test("what a map orders once it has ended is not painted, so that the worker stops with the last map", async () => {
  const painter = createPainter();
  const painted: string[] = [];
  const ended = new AbortController();
  const paint = painter(ended.signal);
  ended.abort();
  void order(paint, painted, "first", 4);
  void order(painter(ended.signal), painted, "second", 6);
  await order(painter(new AbortController().signal), painted, "third", 8);
  assert.deepEqual(painted, ["third is 8 wide"]);
});
