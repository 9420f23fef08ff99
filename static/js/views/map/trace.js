/**
 * One run on the screen: where each of its rows lies, how far along the line, and where ticks may stand.
 * Nothing is clamped: a row off the sheet keeps its place, however far; only what is drawn is cut at the border.
 */
import { inside, screenX, screenY } from "./view.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./view.js").Box} Box */

/**
 * @typedef {object} Trace
 * @property {import("../../state/types.js").Run} run
 * @property {number} index  of the run in the scene
 * @property {number} length  rows
 * @property {Float64Array} xs  pixels
 * @property {Float64Array} ys
 * @property {Float64Array} along  pixels from the start, following the line
 * @property {Uint8Array} seen  1 where the row lies in the frame
 * @property {Uint8Array} within  1 where it lies on the sheet of the whole domain, in the frame or not
 */

/** A row further out than this many pixels is not followed by the dash pattern. */
const FAR = 1e6;

/**
 * @param {import("../../state/types.js").Run} run
 * @param {number} index
 * @param {ArrayLike<number>} x  the run's columns that the two axes show
 * @param {ArrayLike<number>} y
 * @param {View} view
 * @param {Box} sheet  where the sheet of the whole domain lies; the frame itself, unless nearer
 * @returns {Trace}
 */
export function traceOf(run, index, x, y, view, sheet) {
  const { length } = run;
  const [xs, ys, along] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  const [seen, within] = [new Uint8Array(length), new Uint8Array(length)];
  for (let k = 0; k < length; k++) {
    const px = xs[k] = screenX(view, x[k]);
    const py = ys[k] = screenY(view, y[k]);
    seen[k] = inside(view.box, px, py) ? 1 : 0;
    within[k] = seen[k] || inside(sheet, px, py) ? 1 : 0;
    if (k) along[k] = along[k - 1] + Math.min(FAR, Math.hypot(px - xs[k - 1], py - ys[k - 1])) || 0;
  }
  return { run, index, length, xs, ys, along, seen, within };
}

/**
 * The place at a step, between two rows where the step is a fraction.
 * @param {Trace} trace
 * @param {number} step
 * @returns {[number, number]}
 */
export function placeAt({ xs, ys, length }, step) {
  const at = Math.min(Math.max(0, step), length - 1);
  const k = Math.floor(at);
  const t = at - k;
  if (t === 0) return [xs[k], ys[k]];
  return [xs[k] + (xs[k + 1] - xs[k]) * t, ys[k] + (ys[k + 1] - ys[k]) * t];
}

/**
 * The part of a segment in a box (Liang and Barsky, 1984).
 * @param {Box} box
 * @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1
 * @returns {[number, number] | null} from and to, as shares of the segment; null: none
 */
export function clipped({ left, top, width, height }, x0, y0, x1, y1) {
  let [from, to] = [0, 1];
  const [dx, dy] = [x1 - x0, y1 - y0];
  const sides = [[-dx, x0 - left], [dx, left + width - x0], [-dy, y0 - top], [dy, top + height - y0]];
  for (const [speed, room] of sides) {
    if (speed === 0 && room < 0) return null;
    if (speed < 0) from = Math.max(from, room / speed);
    if (speed > 0) to = Math.min(to, room / speed);
  }
  return from < to ? [from, to] : null;
}

/** Rows closer together than this are one point of the line. */
const CLOSE = 0.3;

/**
 * Adds the line from one step to another to the path, cut at a box. A segment of which both ends are off the sheet is
 * left out: it would run across ground where the run never was.
 * @param {CanvasRenderingContext2D | Path2D} path
 * @param {Trace} trace
 * @param {number} from
 * @param {number} to
 * @param {Box} box
 */
export function addLine(path, trace, from, to, box) {
  const { xs, ys, seen, within } = trace;
  const last = Math.ceil(to);
  let [x, y] = placeAt(trace, from);
  let pen = false;
  for (let k = Math.floor(from); k < last; k++) {
    const [nx, ny] = k + 1 > to ? placeAt(trace, to) : [xs[k + 1], ys[k + 1]];
    if (Math.abs(nx - x) + Math.abs(ny - y) < CLOSE && k + 1 < last) continue;
    if (seen[k] && seen[k + 1]) {
      if (!pen) path.moveTo(x, y);
      path.lineTo(nx, ny);
      pen = true;
    } else {
      if (within[k] || within[k + 1]) addCut(path, x, y, nx, ny, box);
      pen = false;
    }
    x = nx;
    y = ny;
  }
}

/** @param {CanvasRenderingContext2D | Path2D} path @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {Box} box */
function addCut(path, x0, y0, x1, y1, box) {
  const part = clipped(box, x0, y0, x1, y1);
  if (!part) return;
  const [from, to] = part;
  path.moveTo(x0 + (x1 - x0) * from, y0 + (y1 - y0) * from);
  path.lineTo(x0 + (x1 - x0) * to, y0 + (y1 - y0) * to);
}

/**
 * Rows that get a tick: every so many, but none closer to the last one than `apart` pixels.
 * @param {Trace} trace
 * @param {number} every
 * @param {number} apart
 * @returns {number[]}
 */
export function tickRows({ along, length, seen }, every, apart) {
  const rows = [];
  let last = 0;
  for (let k = every; k < length - 1; k += every) {
    if (along[k] - along[last] < apart) continue;
    last = k;
    if (seen[k]) rows.push(k);
  }
  return rows;
}

/**
 * Where the run went out of the frame, if that is where it is.
 * @param {Trace} trace
 * @param {number} step
 * @returns {{out: number, left: number | null} | null} the row it went out at, and the one at which it left the sheet;
 *   null: it is in the frame, or never was
 */
export function wentOut({ seen, within, length }, step) {
  const now = Math.min(Math.floor(step), length - 1);
  if (seen[now]) return null;
  const before = lastIn(seen, now);
  if (before < 0) return null;
  return { out: before + 1, left: within[now] ? null : lastIn(within, now) + 1 };
}

/** @param {Uint8Array} flags @param {number} from @returns {number} the last row up to here with a flag; -1: none */
function lastIn(flags, from) {
  let k = from;
  while (k >= 0 && !flags[k]) k--;
  return k;
}

/**
 * The row of a run nearest to a point, along its line.
 * @param {Trace} trace
 * @param {number} x
 * @param {number} y
 * @param {number} reach  pixels
 * @returns {{step: number, distance: number} | null}
 */
export function nearest({ xs, ys, length, seen, within }, x, y, reach) {
  let [step, least] = [-1, reach];
  for (let k = 0; k < length; k++) {
    if (seen[k]) {
      const d = Math.hypot(xs[k] - x, ys[k] - y);
      if (d < least) [step, least] = [k, d];
    }
    if (!k || !(within[k] || within[k - 1]) || !between(xs[k - 1], xs[k], x, reach) || !between(ys[k - 1], ys[k], y, reach)) continue;
    const { distance, share } = toSegment(xs[k - 1], ys[k - 1], xs[k], ys[k], x, y);
    if (distance < least - CLEARLY) [step, least] = [share < 0.5 ? k - 1 : k, distance];
  }
  return step < 0 ? null : { step, distance: least };
}

/** A line has to be this much nearer than a row that is near already. */
const CLEARLY = 2;

/** @param {number} a @param {number} b @param {number} value @param {number} slack */
const between = (a, b, value, slack) => value > Math.min(a, b) - slack && value < Math.max(a, b) + slack;

/** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {number} x @param {number} y */
function toSegment(x0, y0, x1, y1, x, y) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = dx * dx + dy * dy;
  const share = square ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / square)) : 0;
  return { distance: Math.hypot(x0 + share * dx - x, y0 + share * dy - y), share };
}
