/** What the lines of the loss chart are drawn with. */
import { clipped } from "../chart/pen.ts";
import type { Plot } from "./curves.ts";
import type { Trace } from "../../math/tracing.ts";

export function strokeCurve(context: CanvasRenderingContext2D, path: Trace, colour: string, width: number, alpha: number) {
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.stroke(path);
  context.globalAlpha = 1;
}

/** @param right  where the lines are cut off */
export function upTo(context: CanvasRenderingContext2D, { box }: Plot, right: number, draw: () => void) {
  clipped(context, { left: box.left - 1, top: box.top - 3, width: right - box.left + 1, height: box.height + 5 }, draw);
}
