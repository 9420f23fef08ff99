/** Runs that have left the sheet: an arrowhead on the frame where they went, and their name, as roads are named there. */
import table from "../../../data/sheet.js";
import { outlinePath } from "../../math/markers.js";
import { font, haloText } from "./look.js";
import { overlap } from "./occupancy.js";
import { clipped, wentOut } from "./trace.js";

/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./view.js").Box} Box */

/** @typedef {{trace: Trace, x: number, y: number, angle: number, left: number | null}} Exit */

/** @param {Trace} trace @param {number} step @param {Box} box @returns {Exit | null} null: in the frame, or never in it */
export function exitOf(trace, step, box) {
  const went = wentOut(trace, step);
  if (!went) return null;
  const { xs, ys } = trace;
  const { out, left } = went;
  const [x0, y0, x1, y1] = [xs[out - 1], ys[out - 1], xs[out], ys[out]];
  const part = clipped(box, x0, y0, x1, y1);
  const share = part ? part[1] : 0;
  return { trace, x: x0 + (x1 - x0) * share, y: y0 + (y1 - y0) * share, angle: Math.atan2(y1 - y0, x1 - x0), left };
}

/** @param {Exit} exit @returns {string} */
function sentence({ trace: { run }, left }) {
  if (left === null) return "";
  const diverged = run.end?.diverged_at;
  return `leaves the map at step ${left}` + (diverged ? `, diverges at step ${diverged}` : "");
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Look} look
 * @param {Exit[]} exits
 * @param {Box[]} taken  what names are to keep off
 */
export function drawExits(context, look, exits, taken) {
  const written = [...taken];
  for (const exit of exits) drawTip(context, look, exit);
  for (const exit of exits) nameExit(context, look, exit, written);
}

/** @param {CanvasRenderingContext2D} context @param {Look} look @param {Exit} exit */
function drawTip(context, look, { trace, x, y, angle }) {
  const s = look.scale;
  const tip = new Path2D(outlinePath(table.marks.exit, s));
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.lineJoin = "round";
  context.lineWidth = 4 * s;
  context.strokeStyle = look.sheet.casing;
  context.stroke(tip);
  context.fillStyle = look.sheet.runs[trace.run.slot];
  context.fill(tip);
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {Look} look @param {Exit} exit @param {Box[]} written */
function nameExit(context, look, exit, written) {
  const s = look.scale;
  const { name } = exit.trace.run;
  context.font = font(look, 13, "600");
  const nameWidth = context.measureText(name + " ").width;
  context.font = font(look, 13);
  const rest = look.compact ? "" : sentence(exit);
  const width = nameWidth + context.measureText(rest).width;
  const box = placeName(exit, look, width, 17 * s, written);
  written.push(box);
  const base = box.top + 13 * s;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  haloText(context, look, rest, box.left + nameWidth, base, look.sheet.ink);
  context.font = font(look, 13, "600");
  haloText(context, look, name, box.left, base, look.sheet.ink);
}

/**
 * In the margin above the map where it left by the top, else on the ground beside the arrowhead.
 * @param {Exit} exit @param {Look} look @param {number} width @param {number} height @param {Box[]} written @returns {Box}
 */
function placeName({ x, y }, look, width, height, written) {
  const s = look.scale;
  const { box } = look;
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  const above = y < box.top + 2 && !look.compact;
  const room = x + 12 * s + width < right;
  const left = Math.max(box.left + 4 * s, room ? x + 12 * s : x - 12 * s - width);
  const top = above ? box.top - 23 * s : Math.min(bottom - height - 6 * s, Math.max(box.top + 6 * s, y - height / 2));
  const place = { left, top, width, height };
  const down = y > box.top + box.height / 2 ? -1 : 1;
  while (written.some((other) => overlap(other, place)) && place.top < bottom && place.top > -height) {
    place.top = place.top < box.top ? box.top + 6 * s : place.top + down * (height + 2 * s);
  }
  return place;
}
