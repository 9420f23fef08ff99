/** What every part of the loss chart is drawn with. */
import { markerPath } from "../../math/markers.js";
import { Trace } from "../../math/tracing.js";

/** @typedef {import("../../math/palette.js").Sheet} Sheet */
/** @typedef {import("./curves.js").Plot} Plot */

/**
 * @typedef {object} Look
 * @property {Sheet} sheet
 * @property {string} family
 * @property {number} scale  of type and lines
 */

/** @param {CanvasRenderingContext2D} context @param {Look} look @param {number} size @param {number} [weight] */
export function setFont(context, { family, scale }, size, weight = 400) {
  context.font = `${weight} ${size * scale}px ${family}`;
}

/** @param {CanvasRenderingContext2D} context @param {Trace} path @param {string} colour @param {number} width @param {number} alpha */
export function strokeCurve(context, path, colour, width, alpha) {
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.stroke(path);
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {number} right @param {() => void} draw */
export function clipped(context, { box }, right, draw) {
  context.save();
  context.beginPath();
  context.rect(box.left - 1, box.top - 3, right - box.left + 1, box.height + 5);
  context.clip();
  draw();
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
export function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {number} slot @param {number} x @param {number} y @param {number} radius @param {string} colour @param {string} casing @param {boolean} hollow */
export function drawMark(context, slot, x, y, radius, colour, casing, hollow) {
  context.save();
  context.translate(x, y);
  const path = new Trace(markerPath(slot, radius));
  context.lineJoin = "round";
  context.strokeStyle = hollow ? colour : casing;
  context.fillStyle = hollow ? casing : colour;
  context.lineWidth = hollow ? 1.4 : 2.4;
  if (!hollow) context.stroke(path);
  context.fill(path);
  if (hollow) context.stroke(path);
  context.restore();
}
