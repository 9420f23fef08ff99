/**
 * The colours of the sheet and of the runs, by day and by night.
 *
 * A run is never told by its colour alone: slot, dash and marker go together, and the line is drawn in its casing,
 * which carries the contrast that the colour has not against every tint.
 */
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
export const SHEETS = {
  day: {
    paper: "#FCFCFA",
    ink: "#15191B",
    ink2: "#4A5255",
    ink3: "#666E71",
    casing: "#FFFFFF",
    halo: "rgb(255 255 255 / 0.86)",
    runs: ["#B8160F", "#1740D8", "#1A1C1E", "#DC6203", "#2A8C7C", "#AE5FDE", "#154458", "#70049B"],
    ground: {
      stops: [
        [0.765, 0.052, 222], [0.812, 0.05, 196], [0.852, 0.056, 160], [0.888, 0.062, 130],
        [0.917, 0.054, 110], [0.945, 0.03, 96], [0.978, 0.006, 90],
      ],
      shadow: [-0.2, 0.004, -0.04],
      light: [0.05, -0.002, 0.006],
      gain: 1.9,
      line: { minor: -0.3, index: -0.4, label: -0.5 },
    },
  },
  night: {
    paper: "#0E1315",
    ink: "#E9EDEB",
    ink2: "#B3BCBC",
    ink3: "#8D9899",
    casing: "#0B1013",
    halo: "rgb(11 16 19 / 0.84)",
    runs: ["#FF6A50", "#4FB4F4", "#F6F4EE", "#F3B92A", "#3FAE82", "#E08CC8", "#B6D2AC", "#A46CFF"],
    ground: {
      stops: [
        [0.205, 0.058, 250], [0.25, 0.054, 224], [0.294, 0.047, 196], [0.332, 0.039, 170],
        [0.366, 0.03, 146], [0.402, 0.019, 126], [0.45, 0.011, 235],
      ],
      shadow: [-0.13, 0.002, -0.022],
      light: [0.075, -0.006, -0.014],
      gain: 1.5,
      line: { minor: 0.24, index: 0.34, label: 0.46 },
    },
  },
};

/** Dash of each slot in CSS pixels at the base width of a line; empty = solid. Drawn with round caps. */
export const DASHES = [
  [], [9, 7], [0.1, 5.5], [13, 6.5, 0.1, 6.5], [4.5, 5], [14, 6, 0.1, 5, 0.1, 6], [20, 7], [8, 5, 2, 5],
];

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
