/** Which parts of the moving picture have changed since the last frame, and drawing in those alone. */

import type { Box } from "../../math/box.ts";
import type { MapLook } from "./look.ts";
import type { Trace } from "./trace.ts";
import { placeAt } from "./trace.ts";

/** Room around a stretch of route for its head, its ticks and their numbers. */
const AROUND = 32;
/** Room around the head of the selected run, for its arrows. */
const AROUND_ARROWS = 66;

/**
 * Around all that a run has walked between two steps, and its heads at both.
 * @param from  row
 * @param to  step
 * @returns null: it does not move
 */
export function stretchBox(
  trace: Trace,
  from: number,
  to: number,
  { box, scale }: MapLook,
  selected: boolean,
): Box | null {
  const last = trace.length - 1;
  if (from >= last) return null;
  const [x, y] = placeAt(trace, to);
  let [left, top, right, bottom] = [x, y, x, y];
  for (let k = from; k <= Math.min(last, Math.ceil(to)); k++) {
    [left, right] = [Math.min(left, trace.xs[k]), Math.max(right, trace.xs[k])];
    [top, bottom] = [Math.min(top, trace.ys[k]), Math.max(bottom, trace.ys[k])];
  }
  const room = (selected ? AROUND_ARROWS : AROUND) * scale;
  const [x0, y0] = [Math.max(left - room, box.left - room), Math.max(top - room, box.top - room)];
  const [x1, y1] = [
    Math.min(right + room, box.left + box.width + room),
    Math.min(bottom + room, box.top + box.height + room),
  ];
  return x1 > x0 && y1 > y0 ? { left: x0, top: y0, width: x1 - x0, height: y1 - y0 } : null;
}

/** Clears some boxes, to whole device pixels, and draws in them only. */
export function redrawIn(
  context: CanvasRenderingContext2D,
  { ratio, width, height }: MapLook,
  boxes: Box[],
  draw: () => void,
) {
  const [down, up] = [(v: number) => Math.floor(v * ratio) / ratio, (v: number) => Math.ceil(v * ratio) / ratio];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.save();
  context.beginPath();
  for (const box of boxes) {
    const [left, top] = [down(box.left), down(box.top)];
    context.rect(left, top, up(box.left + box.width) - left, up(box.top + box.height) - top);
  }
  context.clip();
  context.clearRect(0, 0, width, height);
  draw();
  context.restore();
}
