/** What the lines of the loss chart are drawn with. */
import { clipped } from "../chart/pen.js";

/** @typedef {import("./curves.js").Plot} Plot */

/** @param {CanvasRenderingContext2D} context @param {import("../../math/tracing.js").Trace} path @param {string} colour @param {number} width @param {number} alpha */
export function strokeCurve(context, path, colour, width, alpha) {
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.stroke(path);
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {number} right  where the lines are cut off @param {() => void} draw */
export function upTo(context, { box }, right, draw) {
  clipped(context, { left: box.left - 1, top: box.top - 3, width: right - box.left + 1, height: box.height + 5 }, draw);
}
