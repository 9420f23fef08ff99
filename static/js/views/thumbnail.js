/** A landscape as a little sheet: the same tints, shade and index contours as the map. */
import { gridOf } from "./map/grid.js";
import { drawContours, paintGround } from "./map/survey.js";
import { fromOklab, toHex } from "../math/colour.js";
import { bandOf, levelsOf } from "../math/levels.js";
import { onTint, SHEETS, tints } from "../math/palette.js";

/** @typedef {import("../state/types.js").Landscape} Landscape */
/** @typedef {import("../math/levels.js").Levels} Levels */
/** @typedef {import("../math/palette.js").ThemeName} ThemeName */

/**
 * @param {HTMLCanvasElement} canvas  of a fixed size in CSS pixels
 * @param {Landscape} landscape  of two parameters
 * @param {ThemeName} theme
 * @returns {boolean} whether there was room to draw in
 */
export function drawThumbnail(canvas, landscape, theme) {
  const ratio = window.devicePixelRatio || 1;
  const width = (canvas.width = Math.round(canvas.clientWidth * ratio));
  const height = (canvas.height = Math.round(canvas.clientHeight * ratio));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  if (!width || !height) return false;
  const grid = gridOf(landscape);
  const levels = levelsOf(landscape.loss);
  const { x0, x1, y0, y1 } = grid;
  const { pixels } = paintGround({ grid, levels, theme, extent: { x0, x1, y0, y1 }, width, height, ratio, nearness: 1 });
  context.putImageData(new ImageData(pixels, width, height), 0, 0);
  const relief = drawContours(grid, levels, (x1 - x0) / canvas.clientWidth, (y1 - y0) / canvas.clientHeight);
  const [perColumn, perRow] = [width / (relief.columns - 1), height / (relief.rows - 1)];
  context.lineWidth = 0.9 * ratio;
  for (const line of relief.lines.filter(({ index }) => index)) {
    context.strokeStyle = lineColour(levels, line.value, theme);
    context.stroke(outline(line, perColumn, perRow));
  }
  return true;
}

/** @param {Levels} levels @param {number} value @param {ThemeName} theme */
function lineColour(levels, value, theme) {
  const tint = tints(theme, levels.values.length + 1)[bandOf(levels, value)];
  return toHex(fromOklab(onTint(tint, SHEETS[theme].ground.line.index)));
}

/**
 * @param {{points: Float32Array, starts: Uint32Array}} line
 * @param {number} perColumn  pixels
 * @param {number} perRow
 * @returns {Path2D}
 */
function outline({ points, starts }, perColumn, perRow) {
  const path = new Path2D();
  starts.forEach((start, k) => {
    const end = starts[k + 1] ?? points.length / 2;
    path.moveTo(points[2 * start] * perColumn, points[2 * start + 1] * perRow);
    for (let p = start + 1; p < end; p++) path.lineTo(points[2 * p] * perColumn, points[2 * p + 1] * perRow);
  });
  return path;
}
