/** The look of one drawing: colours, sizes and type, worked out once and handed to every part of the map. */
import { SHEETS } from "../../math/palette.js";

/** @typedef {import("../../math/palette.js").Sheet} Sheet */
/** @typedef {import("./view.js").Box} Box */

/**
 * @typedef {object} Look
 * @property {import("../../math/palette.js").ThemeName} theme
 * @property {Sheet} sheet
 * @property {number} scale  1, more on a projector
 * @property {boolean} compact  a phone: no margin, the numbers on the ground
 * @property {string} family  of the type
 * @property {Box} box  what the frame surrounds
 * @property {number} width  of the whole map
 * @property {number} height
 * @property {number} ratio  device pixels a CSS pixel
 */

const COMPACT_BELOW = 520;
const WIDE_FROM = 1000;
/** Beyond two device pixels a CSS pixel the eye gains little and every canvas costs more than twice. */
const FINEST = 2;

/** Room around the frame for numbers, names of axes and of runs that leave. @type {Record<"left" | "right" | "top" | "bottom", number>} */
export const MARGIN = { left: 48, right: 10, top: 24, bottom: 28 };

/** @param {boolean} projector @param {number} width @returns {number} */
function scaleOf(projector, width) {
  if (!projector) return 1;
  return width < WIDE_FROM ? 1.2 : 1.5;
}

/**
 * @param {HTMLElement} root
 * @param {{theme: import("../../math/palette.js").ThemeName, projector: boolean}} wanted
 * @returns {Look}
 */
export function lookOf(root, { theme, projector }) {
  const [width, height] = [root.clientWidth, root.clientHeight];
  const scale = scaleOf(projector, width);
  const compact = width < COMPACT_BELOW;
  return {
    theme, sheet: SHEETS[theme], scale, compact, width, height, box: boxOf(width, height, scale, compact),
    family: getComputedStyle(root).fontFamily, ratio: Math.min(FINEST, window.devicePixelRatio || 1),
  };
}

/** @param {number} width @param {number} height @param {number} scale @param {boolean} compact @returns {Box} */
function boxOf(width, height, scale, compact) {
  if (compact) return { left: 0, top: 0, width, height };
  const { left, right, top, bottom } = MARGIN;
  return {
    left: left * scale, top: top * scale,
    width: Math.max(40, width - (left + right) * scale), height: Math.max(40, height - (top + bottom) * scale),
  };
}

/** @param {Look} look @param {number} size @param {string} [style] @returns {string} for a canvas */
export const font = (look, size, style = "400") => `${style} ${size * look.scale}px ${look.family}`;

/**
 * Text with a halo, so that it reads on any ground.
 * @param {CanvasRenderingContext2D} context
 * @param {Look} look
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 */
export function haloText(context, look, text, x, y, colour) {
  context.lineJoin = "round";
  context.lineWidth = 3.5 * look.scale;
  context.strokeStyle = look.sheet.halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
