/**
 * A problem of one parameter: the ground cut open along it, loss upwards. Below the curve lies what the map would show
 * as tints, so that a height has the same colour here as there.
 */
import { fromOklab, toHex } from "../../math/colour.js";
import { bandOf } from "../../math/levels.js";
import { tints } from "../../math/palette.js";
import { screenX, screenY } from "./view.js";

/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("../../state/types.js").Landscape} Landscape */
/** @typedef {import("../../math/levels.js").Levels} Levels */
/** @typedef {import("../../state/types.js").Interval} Interval */

/** Room above and below the curve, as shares of its height. */
const ABOVE = 0.06;
const BELOW = 0.12;

/**
 * @param {Landscape | null} landscape
 * @param {Interval} range  of the parameter in sight
 * @returns {Interval} losses in sight
 */
export function lossRange(landscape, [x0, x1]) {
  if (!landscape) return [0, 1];
  const inSight = landscape.loss.filter((value, k) => Number.isFinite(value) && landscape.x[k] >= x0 && landscape.x[k] <= x1);
  if (!inSight.length) return [0, 1];
  const [low, high] = inSight.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  const height = high - low || Math.abs(low) || 1;
  return [low - BELOW * height, high + ABOVE * height];
}

/** @param {Landscape} landscape @param {number} x @returns {number} the loss between samples; NaN outside of them */
export function lossAt({ x: xs, loss }, x) {
  const place = ((x - xs[0]) / (xs[xs.length - 1] - xs[0])) * (xs.length - 1);
  const k = Math.min(xs.length - 2, Math.floor(place));
  if (!(place >= 0) || place > xs.length - 1) return NaN;
  return loss[k] + (loss[k + 1] - loss[k]) * (place - k);
}

/**
 * Stretches of the curve without gaps.
 * @param {Landscape} landscape
 * @param {View} view
 * @returns {[number, number][][]} points on the screen
 */
function stretches({ x, loss }, view) {
  /** @type {[number, number][][]} */
  const found = [];
  let open = false;
  for (let k = 0; k < x.length; k++) {
    if (!Number.isFinite(loss[k])) { open = false; continue; }
    if (!open) found.push([]);
    open = true;
    found[found.length - 1].push([screenX(view, x[k]), screenY(view, loss[k])]);
  }
  return found;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Look} look
 * @param {Landscape} landscape
 * @param {Levels} levels
 */
export function drawProfile(context, view, look, landscape, levels) {
  const curves = stretches(landscape, view);
  context.save();
  context.clip(section(curves, view));
  fillBands(context, view, look, levels);
  context.restore();
  context.beginPath();
  for (const points of curves) points.forEach(([px, py], k) => (k ? context.lineTo(px, py) : context.moveTo(px, py)));
  context.lineJoin = "round";
  context.lineWidth = 1.5 * look.scale;
  context.strokeStyle = look.sheet.ink2;
  context.stroke();
}

/** @param {[number, number][][]} curves @param {View} view @returns {Path2D} the ground below the curve */
function section(curves, { box }) {
  const path = new Path2D();
  const bottom = box.top + box.height;
  for (const points of curves) {
    path.moveTo(points[0][0], bottom);
    for (const [px, py] of points) path.lineTo(px, Math.max(py, box.top - 10));
    path.lineTo(points[points.length - 1][0], bottom);
  }
  return path;
}

/** @param {CanvasRenderingContext2D} context @param {View} view @param {Look} look @param {Levels} levels */
function fillBands(context, view, look, levels) {
  const colours = tints(look.theme, levels.values.length + 1).map((tint) => toHex(fromOklab(tint)));
  const { left, top, width, height } = view.box;
  context.fillStyle = colours[bandOf(levels, view.y0)];
  context.fillRect(left, top, width, height);
  levels.values.forEach((level, k) => {
    const y = screenY(view, level);
    context.fillStyle = colours[k + 1];
    if (y > top) context.fillRect(left, top, width, Math.min(height, y - top));
  });
}
