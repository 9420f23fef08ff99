/** How far two paths are from each other. */
import type { Run } from "./types.ts";

/**
 * @returns over the steps that both have taken: the largest distance between the paths, and how far the first goes from
 * its start
 */
export function apartness(a: Run, b: Run): { steps: number; most: number; size: number } {
  const rows = Math.min(a.length, b.length);
  let [most, size] = [0, 0];
  for (let row = 0; row < rows; row++) {
    most = Math.max(most, between(a.columns.parameters, row, b.columns.parameters, row));
    size = Math.max(size, between(a.columns.parameters, row, a.columns.parameters, 0));
  }
  return { steps: rows - 1, most, size };
}

const between = (a: Float64Array[], row: number, b: Float64Array[], other: number) =>
  Math.hypot(...a.map((column, k) => column[row] - b[k][other]));
