/** Surveys off the page's own thread, so that a new landscape does not hold up a moving route. */
import { drawContours, paintGround } from "./survey.js";

/** @typedef {{id: number, order: import("./survey.js").Order, unitsX: number, unitsY: number}} Request */

self.onmessage = (/** @type {MessageEvent<Request>} */ { data: { id, order, unitsX, unitsY } }) => {
  const relief = drawContours(order.grid, order.levels, unitsX, unitsY);
  const picture = paintGround(order);
  const moved = [picture.pixels.buffer, ...relief.lines.flatMap((line) => [line.points.buffer, line.starts.buffer])];
  /** @type {any} */ (self).postMessage({ id, picture, relief }, moved);
};
