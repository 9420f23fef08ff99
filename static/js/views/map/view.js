/**
 * What part of the plane is in sight and where it lies on the screen: one scale on both axes wherever one is possible,
 * the asked-for window always whole, the spare width or height showing more ground.
 */

import table from "../../../data/sheet.js";

/** @typedef {import("../../state/types.js").Window} Window */

/**
 * A rectangle on the screen, in CSS pixels from the map's own corner.
 * @typedef {{left: number, top: number, width: number, height: number}} Box
 */

/**
 * @typedef {object} View
 * @property {Box} box  what the frame surrounds
 * @property {number} x0
 * @property {number} x1
 * @property {number} y0
 * @property {number} y1
 * @property {number} kx  pixels a unit
 * @property {number} ky
 * @property {boolean} equal  kx and ky are one
 */

/** Beyond this the shorter side of a window at one scale would be too thin to read: two scales, and a note. */
const THINNEST = table.frame.thinnest;

/**
 * @param {Window} window  both axes
 * @param {Box} box
 * @returns {boolean} whether one scale on both axes shows the window well enough
 */
export function fitsOneScale([[x0, x1], [y0, y1]], box) {
  const share = ((x1 - x0) * box.height) / ((y1 - y0) * box.width);
  return share > THINNEST && share < 1 / THINNEST;
}

/**
 * @param {Window} window  to be wholly in sight
 * @param {Box} box
 * @param {boolean} equal  one scale on both axes
 * @returns {View}
 */
export function viewOf(window, box, equal) {
  const [[x0, x1], [y0, y1]] = window;
  let kx = box.width / (x1 - x0);
  let ky = box.height / (y1 - y0);
  if (equal) kx = ky = Math.min(kx, ky);
  const halfX = box.width / kx / 2;
  const halfY = box.height / ky / 2;
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return { box, x0: cx - halfX, x1: cx + halfX, y0: cy - halfY, y1: cy + halfY, kx, ky, equal };
}

/** @param {View} view @param {number} x @returns {number} pixels from the map's left edge */
export const screenX = (view, x) => view.box.left + (x - view.x0) * view.kx;

/** @param {View} view @param {number} y @returns {number} pixels from the map's top edge */
export const screenY = (view, y) => view.box.top + (view.y1 - y) * view.ky;

/** @param {View} view @param {number} px @returns {number} */
export const dataX = (view, px) => view.x0 + (px - view.box.left) / view.kx;

/** @param {View} view @param {number} py @returns {number} */
export const dataY = (view, py) => view.y1 - (py - view.box.top) / view.ky;

/** @param {View} view @returns {Window} */
export const windowOf = (view) => [[view.x0, view.x1], [view.y0, view.y1]];

/** @param {Box} box @param {number} x @param {number} y @param {number} [margin] @returns {boolean} */
export function inside(box, x, y, margin = 0) {
  return x >= box.left - margin && x <= box.left + box.width + margin
    && y >= box.top - margin && y <= box.top + box.height + margin;
}

/**
 * @param {View} view
 * @param {number} px  the point that stays where it is
 * @param {number} py
 * @param {number} factor  above 1 goes nearer
 * @returns {Window}
 */
export function zoomed(view, px, py, factor) {
  const [x, y] = [dataX(view, px), dataY(view, py)];
  return [
    [x + (view.x0 - x) / factor, x + (view.x1 - x) / factor],
    [y + (view.y0 - y) / factor, y + (view.y1 - y) / factor],
  ];
}

/** @param {View} view @param {number} dx  pixels the ground moves right @param {number} dy  down @returns {Window} */
export function panned(view, dx, dy) {
  const [ux, uy] = [dx / view.kx, dy / view.ky];
  return [[view.x0 - ux, view.x1 - ux], [view.y0 + uy, view.y1 + uy]];
}

/** @param {View} a @param {View} b @returns {boolean} */
export function sameView(a, b) {
  return a.x0 === b.x0 && a.x1 === b.x1 && a.y0 === b.y0 && a.y1 === b.y1
    && a.box.left === b.box.left && a.box.top === b.box.top
    && a.box.width === b.box.width && a.box.height === b.box.height;
}
