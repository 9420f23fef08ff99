/**
 * The colours of the sheet and of the runs, by day and by night.
 *
 * A run is never told by its colour alone: slot, dash and marker go together, and the line is drawn in its casing,
 * which carries the contrast that the colour has not against every tint. The numbers stand in a file of their own, from
 * which the server draws its pictures too.
 */
import table from "../../data/sheet.js";
import { mix, oklabOfOklch } from "./colour.js";

/** @typedef {import("./colour.js").Triple} Triple */
/** @typedef {"day" | "night"} ThemeName */

/**
 * How the ground is tinted and shaded. Shifts are in OKLab.
 * @typedef {object} Ground
 * @property {Triple[]} stops  OKLCH, valley to height
 * @property {Triple} shadow  how full shadow moves a tint
 * @property {Triple} light  how full light moves a tint
 * @property {number} gain  of the light
 * @property {{minor: number, index: number, label: number}} line  lightness of lines and labels against the tint
 */

/**
 * @typedef {object} Sheet
 * @property {string} paper
 * @property {string} ink
 * @property {string} ink2
 * @property {string} ink3
 * @property {string} casing  under routes
 * @property {string} halo  around text on the ground
 * @property {string[]} runs  one colour a slot
 * @property {Ground} ground
 */

/** @type {Record<ThemeName, Sheet>} */
export const SHEETS = /** @type {any} */ (table.sheets);

/** Dash of each slot in CSS pixels at the base width of a line; empty = solid. Drawn with round caps. @type {number[][]} */
export const DASHES = table.dashes;

/**
 * The tint at a share of the way from valley to height.
 * @param {Triple[]} stops  OKLCH
 * @param {number} t  0 to 1
 * @returns {Triple} OKLab
 */
export function tintAt(stops, t) {
  const place = Math.min(1, Math.max(0, t)) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  return mix(oklabOfOklch(stops[below]), oklabOfOklch(stops[below + 1]), place - below);
}

/**
 * One flat tint for each band, the first below the lowest level.
 * @param {ThemeName} theme
 * @param {number} bands  at least 1
 * @returns {Triple[]} OKLab
 */
export function tints(theme, bands) {
  const { stops } = SHEETS[theme].ground;
  return Array.from({ length: bands }, (_, k) => tintAt(stops, bands > 1 ? k / (bands - 1) : 0));
}

/**
 * A line or a label on a tint: the tint's own hue, darker by day and lighter by night, with some more chroma.
 * @param {Triple} tint  OKLab
 * @param {number} shift  of the lightness
 * @returns {Triple} OKLab
 */
export function onTint([L, a, b], shift) {
  return [Math.min(0.97, Math.max(0.05, L + shift)), a * 1.25, b * 1.25];
}
