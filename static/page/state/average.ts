/** The mean of the rows of a run from a chosen row on (Polyak and Ruppert's average). */

/** @param averaged  as an address says it @returns the row from which rows are averaged; null: no average is shown */
export const averageFrom = (averaged: number | null): number | null =>
  averaged !== null && averaged >= 0 ? Math.floor(averaged) : null;

/** @returns the mean of a column from a row to each later one */
export function meansFrom(column: ArrayLike<number>, first: number, length: number): Float64Array {
  let sum = 0;
  return Float64Array.from({ length: Math.max(0, length - first) }, (_, k) => {
    sum += column[first + k];
    return sum / (k + 1);
  });
}
