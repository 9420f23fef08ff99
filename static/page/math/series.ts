/** Values against step. */
export interface Series {
  /** NaN where it has none */
  values: Float64Array;
  /** the step of its first value */
  first: number;
  /** what a step counts for on the axis, where that is not 1 */
  per?: number;
}

/** @param row  where the playhead stands @param first  of what is drawn: 1 where it belongs to steps @returns the step of the chart it stands at, which for these is the one that follows */
export const stepAtRow = (row: number, first: number, longest: number): number => Math.min(row + first, longest);

/** The other way round. */
export const rowAtStep = (step: number, first: number): number => Math.max(0, step - first);
