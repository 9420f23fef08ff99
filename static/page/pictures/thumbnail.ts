/** A landscape as a thumbnail: the same tints, shade and index contours as the map. */

import { paint } from "../marks/canvas.ts";
import { PIXELS } from "../marks/scales.ts";
import { levelsOf } from "../math/levels.ts";
import { COLOURS, type ThemeName } from "../math/palette.ts";
import { gridOf } from "../service/painting/grid.ts";
import { drawContours, paintGround } from "../service/painting/painting.ts";
import type { Landscape } from "../state/types.ts";
import { contoursOf, placedImageOf, placedMark } from "./map/ground/relief.ts";
import { areaOf } from "./map/visibleArea.ts";

const LINE = { width: 0.9 };

/**
 * @param canvas  of a fixed size in CSS pixels
 * @param landscape  of two parameters
 * @returns whether there was room to draw in
 */
export function drawThumbnail(canvas: HTMLCanvasElement, landscape: Landscape, theme: ThemeName): boolean {
  const ratio = window.devicePixelRatio || 1;
  const size = { width: canvas.clientWidth, height: canvas.clientHeight };
  const [width, height] = [size.width, size.height].map((pixels) => Math.round(pixels * ratio));
  canvas.width = width;
  canvas.height = height;
  if (!width || !height) return false;
  const grid = gridOf(landscape);
  const levels = levelsOf(landscape.loss);
  const { x0, x1, y0, y1 } = grid;
  const extent = { x0, x1, y0, y1 };
  const area = areaOf(
    [
      [x0, x1],
      [y0, y1],
    ],
    { left: 0, top: 0, ...size },
    false,
  );
  const ground = placedImageOf(paintGround({ grid, levels, theme, extent, width, height, ratio, nearness: 1 }));
  const relief = drawContours(grid, levels, 1 / area.kx, 1 / area.ky);
  const contours = contoursOf(relief, area, levels, theme, { index: LINE, minor: LINE }).filter(({ index }) => index);
  const look = { colours: COLOURS[theme], family: "", scale: 1 };
  const marks = [placedMark(area, ground), ...contours.map(({ mark }) => mark)];
  paint(canvas.getContext("2d") as CanvasRenderingContext2D, { size, scales: PIXELS, look, ratio, marks });
  return true;
}
