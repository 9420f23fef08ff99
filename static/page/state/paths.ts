/** Where a run is between two of its rows, and how far two paths are from each other. */

import { parametersAt } from "./columns.ts";
import type { Run } from "./types.ts";

/**
 * @returns over the steps that both have taken: the largest distance between the paths, and how far the first goes from
 * its start
 */
export function apartness(a: Run, b: Run): { steps: number; most: number; size: number } {
  const rows = Math.min(a.length, b.length);
  let [most, size] = [0, 0];
  for (let row = 0; row < rows; row++) {
    most = Math.max(most, distanceOfRows(a.columns.parameters, row, b.columns.parameters, row));
    size = Math.max(size, distanceOfRows(a.columns.parameters, row, a.columns.parameters, 0));
  }
  return { steps: rows - 1, most, size };
}

const distanceOfRows = (a: Float64Array[], row: number, b: Float64Array[], other: number) =>
  Math.hypot(...a.map((column, k) => column[row] - b[k][other]));

export function parametersBetween({ columns, length }: Run, row: number): number[] {
  const low = Math.min(Math.floor(row), length - 1);
  const high = Math.min(low + 1, length - 1);
  const share = Math.min(row, length - 1) - low;
  return share
    ? columns.parameters.map((column) => column[low] + share * (column[high] - column[low]))
    : parametersAt(columns, low);
}
