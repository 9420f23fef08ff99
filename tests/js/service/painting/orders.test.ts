import assert from "node:assert/strict";
import { test } from "node:test";
import { levelsOf } from "../../../../static/page/math/levels.ts";
import { createPainter, type OrderPainting } from "../../../../static/page/service/painting/orders.ts";

const GRID = { x0: 0, x1: 1, y0: 0, y1: 1, columns: 4, rows: 4, loss: Float64Array.from({ length: 16 }, (_, k) => k) };

test("without workers the picture of a map that ended is not given to the one after it", async () => {
  const painter = createPainter();
  const painted: string[] = [];
  function order(paint: OrderPainting, name: string, width: number) {
    const size = { extent: GRID, width, height: 4, ratio: 1, nearness: 1 };
    paint({
      order: { grid: GRID, levels: levelsOf(GRID.loss), theme: "day", ...size },
      unitsX: 0.1,
      unitsY: 0.1,
      done: ({ image }) => painted.push(`${name} is ${image.width} wide`),
    });
  }
  const first = new AbortController();
  order(painter(first.signal), "first", 4);
  first.abort();
  order(painter(new AbortController().signal), "second", 8);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(painted, ["second is 8 wide"]);
});
