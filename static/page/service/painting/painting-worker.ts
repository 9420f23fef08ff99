/** Paints in a worker, so that a new landscape does not delay the drawing of runs. */

import { drawContours, type Order, paintGround } from "./painting.ts";

type PaintingRequest = { order: Order; unitsX: number; unitsY: number };

self.onmessage = ({ data: { order, unitsX, unitsY } }: MessageEvent<PaintingRequest>) => {
  const relief = drawContours(order.grid, order.levels, unitsX, unitsY);
  const image = paintGround(order);
  const moved = [image.pixels.buffer, ...relief.lines.flatMap((line) => [line.points.buffer, line.starts.buffer])];
  (self as unknown as Worker).postMessage({ image, relief }, moved);
};
