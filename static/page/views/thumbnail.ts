/** A landscape as a thumbnail: the same tints, shade and index contours as the map. */

import { fromOklab, toHex } from "../math/colour.ts";
import type { Levels } from "../math/levels.ts";
import { bandOf, levelsOf } from "../math/levels.ts";
import type { ThemeName } from "../math/palette.ts";
import { COLOURS, onTint, tints } from "../math/palette.ts";
import { gridOf } from "../service/painting/grid.ts";
import { drawContours, paintGround } from "../service/painting/painting.ts";
import type { Landscape } from "../state/types.ts";

/**
 * @param canvas  of a fixed size in CSS pixels
 * @param landscape  of two parameters
 * @returns whether there was room to draw in
 */
export function drawThumbnail(canvas: HTMLCanvasElement, landscape: Landscape, theme: ThemeName): boolean {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  if (!width || !height) return false;
  const grid = gridOf(landscape);
  const levels = levelsOf(landscape.loss);
  const { x0, x1, y0, y1 } = grid;
  const { pixels } = paintGround({
    grid,
    levels,
    theme,
    extent: { x0, x1, y0, y1 },
    width,
    height,
    ratio,
    nearness: 1,
  });
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

function lineColour(levels: Levels, value: number, theme: ThemeName) {
  const tint = tints(theme, levels.values.length + 1)[bandOf(levels, value)];
  return toHex(fromOklab(onTint(tint, COLOURS[theme].ground.line.index)));
}

/** @param perColumn  pixels */
function outline(
  { points, starts }: { points: Float32Array; starts: Uint32Array },
  perColumn: number,
  perRow: number,
): Path2D {
  const path = new Path2D();
  starts.forEach((start, k) => {
    const end = starts[k + 1] ?? points.length / 2;
    path.moveTo(points[2 * start] * perColumn, points[2 * start + 1] * perRow);
    for (let p = start + 1; p < end; p++) path.lineTo(points[2 * p] * perColumn, points[2 * p + 1] * perRow);
  });
  return path;
}
