/** Where a run is between two of its rows. */
import { parametersAt } from "./columns.ts";
import type { Run } from "./types.ts";

export function parametersBetween({ columns, length }: Run, row: number): number[] {
  const low = Math.min(Math.floor(row), length - 1);
  const high = Math.min(low + 1, length - 1);
  const share = Math.min(row, length - 1) - low;
  return share
    ? columns.parameters.map((column) => column[low] + share * (column[high] - column[low]))
    : parametersAt(columns, low);
}
