/** Of values on a grid: the areas above each of some levels, and the lines along which they are equal to it. */

import type { Box } from "../math/box.ts";
import { type ContourLines, contours } from "../service/painting/contours.ts";

/** Columns and rows around the grid that close each area beyond its edge: as those at the edge, then below all. */
const AROUND = 2;
const BELOW = -1e300;

/** rows from the top */
export type ValueGrid = { values: Float64Array; columns: number; rows: number };

/** Places in pixels, one outline after the other; a place that is NaN parts them. */
type Outlines = { x: number[]; y: number[] };

function surrounded({ values, columns, rows }: ValueGrid): ValueGrid {
  const [wide, high] = [columns + 2 * AROUND, rows + 2 * AROUND];
  const grid = new Float64Array(wide * high).fill(BELOW);
  for (let j = 1; j + 1 < high; j++) {
    const from = columns * Math.min(rows - 1, Math.max(0, j - AROUND));
    const row = values.subarray(from, from + columns);
    grid.set([row[0], ...row, row[columns - 1]], j * wide + 1);
  }
  return { values: grid, columns: wide, rows: high };
}

/** The lines of a level. Of places straight on, as beyond the edge, the first and the last. */
function traced({ points, starts }: ContourLines): Outlines {
  const [x, y]: number[][] = [[], []];
  for (let n = 0; n + 1 < starts.length; n++) {
    for (let k = starts[n]; k < starts[n + 1]; k++) {
      const [left, top] = [points[2 * k], points[2 * k + 1]];
      const isLast = k + 1 === starts[n + 1];
      if (!isLast && x.at(-1) === left && points[2 * k + 2] === left) continue;
      if (!isLast && y.at(-1) === top && points[2 * k + 3] === top) continue;
      x.push(left);
      y.push(top);
    }
    x.push(Number.NaN);
    y.push(Number.NaN);
  }
  return { x, y };
}

function onBox(grid: ValueGrid, levels: number[], around: number, { columns, rows }: ValueGrid, box: Box): Outlines[] {
  const { left, top, width, height } = box;
  return contours(grid.values, grid.columns, grid.rows, levels).map((contour) => {
    const { x, y } = traced(contour);
    return {
      x: x.map((at) => left + ((at - around) / (columns - 1)) * width),
      y: y.map((at) => top + ((at - around) / (rows - 1)) * height),
    };
  });
}

/** @returns of each level the outlines of what lies above it, a little beyond the box on which the grid is spread */
export const areasAbove = (grid: ValueGrid, levels: number[], box: Box): Outlines[] =>
  onBox(surrounded(grid), levels, AROUND, grid, box);

/** @returns the lines of one level, open at the edge */
export const linesAt = (grid: ValueGrid, level: number, box: Box): Outlines => onBox(grid, [level], 0, grid, box)[0];
