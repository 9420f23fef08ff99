/**
 * Where the numbers of index contours stand: on the line, where it runs straight, upright, away from routes, marks and
 * the frame, and no two of one level close together.
 */
import { levelText } from "../../math/format.js";

/** @typedef {import("./view.js").Box} Box */
/** @typedef {import("./occupancy.js").Occupancy} Occupancy */

/** @typedef {{text: string, x: number, y: number, angle: number, width: number, level: number}} Label */

/**
 * One line on the screen.
 * @typedef {{level: number, value: number, xs: Float32Array, ys: Float32Array}} ScreenLine
 */

const MOST_A_LEVEL = 3;
const STEP = 18;
const APART = 280;

/** @param {Float32Array} xs @param {Float32Array} ys @returns {Float64Array} distance from the line's beginning */
function lengths(xs, ys) {
  const along = new Float64Array(xs.length);
  for (let k = 1; k < xs.length; k++) along[k] = along[k - 1] + Math.hypot(xs[k] - xs[k - 1], ys[k] - ys[k - 1]);
  return along;
}

/** @param {Float64Array} along @param {number} s @returns {number} the last vertex at or before s */
function vertexAt(along, s) {
  let [low, high] = [0, along.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (along[middle] <= s) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Turned so that it reads from left to right. @param {number} angle @returns {number} */
function upright(angle) {
  if (angle > Math.PI / 2) return angle - Math.PI;
  return angle <= -Math.PI / 2 ? angle + Math.PI : angle;
}

/**
 * How far the line strays from the chord between two of its vertices.
 * @param {ScreenLine} line @param {number} a @param {number} b @returns {number} pixels
 */
function bend({ xs, ys }, a, b) {
  const [dx, dy] = [xs[b] - xs[a], ys[b] - ys[a]];
  const length = Math.hypot(dx, dy) || 1;
  let most = 0;
  for (let k = a + 1; k < b; k++) {
    most = Math.max(most, Math.abs((xs[k] - xs[a]) * dy - (ys[k] - ys[a]) * dx) / length);
  }
  return most;
}

/**
 * How much is in the way along the label.
 * @param {Label} label @param {number} size @param {Occupancy} occupancy @returns {number}
 */
function crowd({ x, y, angle, width }, size, occupancy) {
  let count = 0;
  const parts = Math.max(2, Math.round(width / size));
  for (let k = 0; k <= parts; k++) {
    const s = (k / parts - 0.5) * width;
    const [cx, cy] = [x + s * Math.cos(angle), y + s * Math.sin(angle)];
    count += occupancy.crowd({ left: cx - size * 0.7, top: cy - size * 0.7, width: size * 1.4, height: size * 1.4 });
  }
  return count;
}

/**
 * @param {ScreenLine} line
 * @param {string} text
 * @param {number} width  of the text and the gap around it
 * @param {number} size  of the type
 * @param {Occupancy} occupancy
 * @returns {{label: Label, cost: number}[]}
 */
function candidates(line, text, width, size, occupancy) {
  const along = lengths(line.xs, line.ys);
  const total = along[along.length - 1];
  const found = [];
  for (let s = width; s < total - width; s += STEP) {
    const [a, b] = [vertexAt(along, s - width / 2), vertexAt(along, s + width / 2) + 1];
    const [x, y] = [(line.xs[a] + line.xs[b]) / 2, (line.ys[a] + line.ys[b]) / 2];
    const angle = upright(Math.atan2(line.ys[b] - line.ys[a], line.xs[b] - line.xs[a]));
    const curve = bend(line, a, b);
    if (curve > size * 0.45) continue;
    const label = { text, x, y, angle, width, level: line.level };
    const crowded = crowd(label, size, occupancy);
    if (crowded < 3) found.push({ label, cost: 4 * curve + 3 * Math.abs(angle) + 8 * crowded });
  }
  return found;
}

/**
 * @param {ScreenLine[]} lines  of the index levels
 * @param {number} size  of the type, in pixels
 * @param {(text: string) => number} measure
 * @param {Occupancy} occupancy  takes up the labels placed
 * @param {Label[]} kept  where they stood before: they stay if they can
 * @returns {Label[]}
 */
export function placeLabels(lines, size, measure, occupancy, kept) {
  /** @type {Label[]} */
  const placed = [];
  const byLength = [...lines].sort((a, b) => b.xs.length - a.xs.length);
  for (const line of byLength) {
    const text = levelText(line.value);
    const options = candidates(line, text, measure(text) + size * 0.9, size, occupancy);
    for (const option of options) option.cost -= stays(option.label, kept) ? 12 : 0;
    options.sort((a, b) => a.cost - b.cost);
    for (const { label } of options) if (fits(label, placed)) take(label, placed, size, occupancy);
  }
  return placed;
}

/** @param {Label} label @param {Label[]} kept */
function stays(label, kept) {
  return kept.some((other) => other.text === label.text && Math.hypot(other.x - label.x, other.y - label.y) < STEP);
}

/** @param {Label} label @param {Label[]} placed @returns {boolean} */
function fits(label, placed) {
  const same = placed.filter((other) => other.level === label.level);
  if (same.length >= MOST_A_LEVEL) return false;
  const clear = (/** @type {Label} */ other, /** @type {number} */ gap) => Math.hypot(other.x - label.x, other.y - label.y) > gap;
  return same.every((other) => clear(other, APART)) && placed.every((other) => clear(other, label.width));
}

/** @param {Label} label @param {Label[]} placed @param {number} size @param {Occupancy} occupancy */
function take(label, placed, size, occupancy) {
  placed.push(label);
  const half = label.width / 2;
  occupancy.markSegment(
    label.x - half * Math.cos(label.angle), label.y - half * Math.sin(label.angle),
    label.x + half * Math.cos(label.angle), label.y + half * Math.sin(label.angle),
  );
}
