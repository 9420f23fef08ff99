/**
 * A problem of one parameter: the ground cut open along it, loss upwards. Below the curve hangs the strip of map one
 * would see from above, so that a colour is the same loss here as there.
 */
import { fromOklab, toHex } from "../../math/colour.js";
import { bandOf } from "../../math/levels.js";
import { onTint, SHEETS, tints } from "../../math/palette.js";
import { dataX, screenX, screenY } from "./view.js";

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
  const inside = landscape.loss.filter((_, k) => landscape.x[k] >= x0 && landscape.x[k] <= x1);
  const inSight = [lossAt(landscape, x0), ...inside, lossAt(landscape, x1)].filter(Number.isFinite);
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
  fillColumns(context, view, look, landscape, levels);
  fade(context, view, look);
  context.restore();
  context.beginPath();
  for (const points of curves) points.forEach(([px, py], k) => (k ? context.lineTo(px, py) : context.moveTo(px, py)));
  context.lineJoin = "round";
  context.lineWidth = 1.6 * look.scale;
  context.strokeStyle = look.sheet.ink;
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

/**
 * The tint of every place along the parameter, as the map would show it from above, and a line where it changes.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {Look} look @param {Landscape} landscape @param {Levels} levels
 */
function fillColumns(context, view, look, landscape, levels) {
  const { top, left, width, height } = view.box;
  const ground = tints(look.theme, levels.values.length + 1);
  const { line } = SHEETS[look.theme].ground;
  let [from, band] = [left, bandOf(levels, lossAt(landscape, dataX(view, left)))];
  for (let px = left; px <= left + width; px++) {
    const next = bandOf(levels, lossAt(landscape, dataX(view, px)));
    if (next === band && px < left + width) continue;
    context.fillStyle = toHex(fromOklab(ground[band]));
    context.fillRect(from, top, px - from + 1, height);
    context.fillStyle = toHex(fromOklab(onTint(ground[Math.max(band, next)], line.minor)));
    if (next !== band) context.fillRect(px, top, 0.65 * look.scale, height);
    [from, band] = [px, next];
  }
}

/** Lets the strip go out towards the depth, so that the curve keeps the weight. @param {CanvasRenderingContext2D} context @param {View} view @param {Look} look */
function fade(context, { box: { left, top, width, height } }, look) {
  const depth = context.createLinearGradient(0, top, 0, top + height);
  depth.addColorStop(0, `${look.sheet.paper}00`);
  depth.addColorStop(0.5, `${look.sheet.paper}10`);
  depth.addColorStop(1, `${look.sheet.paper}88`);
  context.fillStyle = depth;
  context.fillRect(left, top, width, height);
}
