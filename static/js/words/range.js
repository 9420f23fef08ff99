/** What a number may be, stated once: to hold it against, and to say it. */
import { grouped } from "../math/format.js";

/**
 * @typedef {object} Range
 * @property {boolean} [whole]
 * @property {number} [least]
 * @property {number} [above]  the lower end, itself left out
 * @property {number} [most]
 * @property {number} [below]  the upper end, itself left out
 */

/** @param {number} value @param {Range} range @returns {boolean} */
export function isWithin(value, { whole = false, least = -Infinity, above = -Infinity, most = Infinity, below = Infinity }) {
  const inside = value >= least && (value > above || above === -Infinity) && value <= most && (value < below || below === Infinity);
  return inside && (!whole || Number.isInteger(value));
}

/** @param {Range} range @returns {string} "a whole number from 1 to 100,000" */
export function inRangeWords({ whole = false, least, above, most, below }) {
  const from = least !== undefined ? ` from ${grouped(least)}` : above !== undefined ? ` above ${grouped(above)}` : "";
  const to = most !== undefined ? ` to ${grouped(most)}` : below !== undefined ? ` to below ${grouped(below)}` : "";
  return `a ${whole ? "whole " : ""}number${from}${to}`;
}
