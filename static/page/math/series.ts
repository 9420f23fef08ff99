/** Values against step. */
export interface Series {
  /** NaN where it has none */
  values: Float64Array;
  /** the step of its first value */
  first: number;
  /** what a step counts for on the axis, where that is not 1 */
  per?: number;
}
