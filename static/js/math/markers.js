/**
 * The eight markers, one a slot, as outlines around (0, 0): equal in weight to the eye, not in radius.
 * The same outline serves a canvas (`new Path2D(d)`) and an SVG (`<path d>`).
 */
import table from "../../data/sheet.js";

/** Corners for a radius of 1; null is the circle. @type {(number[][] | null)[]} */
const CORNERS = table.markers.map(({ corners }) => corners);

/** Names for those who cannot see the shapes. @type {string[]} */
export const MARKER_NAMES = table.markers.map(({ name }) => name);

/** @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);

/** @param {number[][]} corners @param {number} scale @returns {string} SVG path data */
export function outlinePath(corners, scale) {
  return `M${corners.map(([x, y]) => `${short(x * scale)} ${short(y * scale)}`).join("L")}Z`;
}

/**
 * @param {number} slot  0 to 7
 * @param {number} radius  of the circle; the others weigh the same
 * @returns {string} SVG path data
 */
export function markerPath(slot, radius) {
  const corners = CORNERS[slot];
  const r = short(radius);
  if (!corners) return `M${r} 0A${r} ${r} 0 1 1 -${r} 0A${r} ${r} 0 1 1 ${r} 0Z`;
  return outlinePath(corners, radius);
}
