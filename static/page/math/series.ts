/** Values against step. */
export interface Series {
  /** NaN where it has none */
  values: Float64Array;
  /** the step of its first value */
  first: number;
  /** where each step lies along the axis, from step 0 on; null: at its number */
  counts?: Counts;
}

/** Numbers that grow with the steps, such as the samples seen by then. */
export type Counts = Float64Array | null;

/** A column as the server sends it. */
export const withNaN = (column: (number | null)[]) => Float64Array.from(column, (value) => value ?? NaN);

/** @param step  which may be a fraction, or beyond the last: there it goes on as it did @returns where it lies */
export function countAt(step: number, counts: Counts = null): number {
  if (!counts || counts.length < 2) return step;
  const low = Math.min(Math.floor(step), counts.length - 2);
  return counts[low] + (step - low) * (counts[low + 1] - counts[low]);
}

/** @returns the step nearest to a place */
export function stepNearest(place: number, counts: Counts = null): number {
  if (!counts || counts.length < 2) return Math.round(place);
  let [low, high] = [0, counts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (counts[middle] <= place) low = middle;
    else high = middle;
  }
  const apart = counts[high] - counts[low];
  return Math.round(low + (apart > 0 ? (place - counts[low]) / apart : 0));
}

/**
 * @param row  where the playhead stands
 * @param first  of what is drawn: 1 where it belongs to steps
 * @returns the step of the chart it stands at: of what belongs to steps, the one that follows
 */
export const stepAtRow = (row: number, first: number, longest: number): number => Math.min(row + first, longest);

/** The other way round. */
export const rowAtStep = (step: number, first: number): number => Math.max(0, step - first);
