/** Where things stand in the chart of the data: the box of the points, under it the strip of what each point adds. */
import { snapped } from "../../math/scales.js";

/** @typedef {[number, number]} Point */
/** @typedef {import("../chart/curves.js").Box} Box */

/**
 * @typedef {object} Frame
 * @property {Box} box  of the points
 * @property {Box | null} strip  under it, on the same x
 * @property {number} titleRow  by how much the title of x stands lower than the figures
 * @property {[number, number]} x  low and high
 * @property {[number, number]} y
 */

/** Where words begin that stand at the left of the chart: in line with the heading above it. */
export const EDGE = 8;
const MARGIN = { left: 46, right: 14, top: 22, bottom: 21 };
/** A longer title stands in a row of its own under the figures: of the width, at about so many pixels a letter. */
const TITLE = { share: 0.3, letter: 6, row: 16 };
/** Its height, and the room above it for what it shows. */
const STRIP = { height: 40, above: 20 };

/** Less height than this leaves the strip to the rows of the working. */
const LOW = 200;

/** @param {number[]} values @param {[number, number]} [reach]  beyond them @returns {[number, number]} with some room on either side */
function spread(values, reach) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.18;
  return [(reach?.[0] ?? low) - room, (reach?.[1] ?? high) + room];
}

/**
 * @param {{points: Point[], xLabel: string}} picture
 * @param {{width: number, height: number}} size
 * @param {boolean} wanted  whether there is to be a strip, where it has room
 * @param {number} scale  of type
 * @param {[number, number]} [reach]  of the lines in y, where they go beyond the points
 * @returns {Frame}
 */
export function frameOf({ points, xLabel }, { width, height }, wanted, scale, reach) {
  const strip = wanted && height >= LOW * scale;
  const under = strip ? (STRIP.height + STRIP.above) * scale : 0;
  const [left, top] = [MARGIN.left * scale, MARGIN.top * scale];
  const wide = width - left - MARGIN.right;
  const titleRow = xLabel.length * TITLE.letter * scale > TITLE.share * wide ? TITLE.row * scale : 0;
  const box = { left, top, width: wide, height: height - top - MARGIN.bottom * scale - titleRow - under };
  return {
    box,
    titleRow,
    strip: strip ? { ...box, top: top + box.height + STRIP.above * scale, height: STRIP.height * scale } : null,
    x: spread(points.map((point) => point[0])),
    y: spread(points.map((point) => point[1]), reach),
  };
}

/** Less height than this leaves no room for names beside the points. @param {Frame} frame @param {number} scale */
export const isLow = ({ box }, scale) => box.height < 130 * scale;

/** Of the lowest part. @param {Frame} frame */
export const bottomOf = ({ box, strip }) => (strip ?? box).top + (strip ?? box).height;

/** @param {Frame} frame @param {number} value */
export const xOf = ({ box, x }, value) => box.left + ((value - x[0]) / (x[1] - x[0])) * box.width;

/** @param {Frame} frame @param {number} value */
export const yOf = ({ box, y }, value) => box.top + (1 - (value - y[0]) / (y[1] - y[0])) * box.height;

/** @param {Frame} frame @param {number} px @param {number} py @returns {Point} to the last digit a pixel can tell apart */
export const pointAt = ({ box, x, y }, px, py) => [
  snapped(x[0] + ((px - box.left) / box.width) * (x[1] - x[0]), (x[1] - x[0]) / box.width),
  snapped(y[0] + (1 - (py - box.top) / box.height) * (y[1] - y[0]), (y[1] - y[0]) / box.height),
];

/** @param {Frame} frame @param {Point} at @returns {boolean} whether a point is within what the axes show */
export const isWithin = ({ x, y }, at) => at[0] >= x[0] && at[0] <= x[1] && at[1] >= y[0] && at[1] <= y[1];
