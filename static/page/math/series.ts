/** Values against step. */
export interface Series {
  /** NaN where there is no value */
  values: Float64Array;
  /** the step of the first value */
  first: number;
  /** where each step lies along the axis, from step 0 on; null: at its own number */
  counts?: Counts;
}

/** The step of the first value where values belong to rows, the first of which is the start, and to steps. */
export const FIRST_STEP = { ofRows: 0, ofSteps: 1 };

/** Numbers that grow with the steps, such as the samples seen by then. */
export type Counts = Float64Array | null;

/** A column as the server sends it. */
export const withNaN = (column: (number | null)[]) => Float64Array.from(column, (value) => value ?? NaN);

/** @param step  may be a fraction, or beyond the last, where it is extrapolated @returns its place along the axis */
export function countAt(step: number, counts: Counts = null): number {
  if (!counts || counts.length < 2) return step;
  const low = Math.min(Math.floor(step), counts.length - 2);
  return counts[low] + (step - low) * (counts[low + 1] - counts[low]);
}

/** @returns the step nearest to a place along the axis */
export function stepNearest(place: number, counts: Counts = null): number {
  if (!counts || counts.length < 2) return Math.round(place);
  let [low, high] = [0, counts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (counts[middle] <= place) low = middle;
    else high = middle;
  }
  const span = counts[high] - counts[low];
  return Math.round(low + (span > 0 ? (place - counts[low]) / span : 0));
}
