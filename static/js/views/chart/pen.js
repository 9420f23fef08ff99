/** What the parts of a chart are drawn with, on whatever context. */
import { markerPath } from "../../math/markers.js";
import { Trace } from "../../math/tracing.js";

/** @typedef {CanvasRenderingContext2D} Context */

/**
 * @typedef {object} Look
 * @property {import("../../math/palette.js").Sheet} sheet
 * @property {string} family  of its type
 * @property {number} scale  of type and lines
 */

/** @param {Context} context @param {Look} look @param {number} size @param {string} [style]  "600", "italic 400" */
export function setFont(context, { family, scale }, size, style = "400") {
  context.font = `${style} ${size * scale}px ${family}`;
}

/** @param {Context} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
export function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** A line of one pixel needs the middle of one. @param {number} at */
export const crisp = (at) => Math.round(at) + 0.5;

/** @param {Context} context @param {import("./curves.js").Box} box @param {() => void} draw  what may reach beyond it */
export function clipped(context, { left, top, width, height }, draw) {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  draw();
  context.restore();
}

/** The marker of a run. @param {Context} context @param {number} slot @param {number} x @param {number} y @param {number} radius @param {string} colour @param {string} casing @param {boolean} [hollow] */
export function drawMark(context, slot, x, y, radius, colour, casing, hollow = false) {
  const path = new Trace(markerPath(slot, radius));
  context.save();
  context.translate(x, y);
  context.lineJoin = "round";
  context.lineWidth = hollow ? 1.4 : 2.4;
  context.strokeStyle = hollow ? colour : casing;
  context.fillStyle = hollow ? casing : colour;
  if (!hollow) context.stroke(path);
  context.fill(path);
  if (hollow) context.stroke(path);
  context.restore();
}

/** Its italic theta is another letter than that of formulas. */
const GREEK = /\p{Script=Greek}/u;

/** Slanted strokes: what is not there. @param {Context} context @param {import("./curves.js").Box} box @param {string} colour */
export function drawHatch(context, box, colour) {
  const { left, top, width, height } = box;
  if (width <= 0 || height <= 0) return;
  clipped(context, box, () => {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    for (let x = left - height; x < left + width; x += 5) line(context, x, top + height, x + height, top);
  });
}

/**
 * A name of a rule in letters: italic, what follows an underscore below it, a hat above.
 * @param {Context} context @param {Look} look @param {import("../../words/symbol.js").Letter} letter @param {number} x @param {number} y @param {number} size
 * @returns {number} where it ends
 */
export function drawLetter(context, look, { stem, below }, x, y, size) {
  context.textAlign = "left";
  setFont(context, look, size, stem.length > 2 || GREEK.test(stem) ? "400" : "italic 400");
  context.fillText(stem, x, y);
  const end = x + context.measureText(stem).width;
  if (!below) return end;
  setFont(context, look, 0.72 * size);
  context.fillText(below, end + 1, y + 0.28 * size * look.scale);
  return end + 1 + context.measureText(below).width;
}
