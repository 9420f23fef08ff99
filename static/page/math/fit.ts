/** A straight line through points, in the units the points came in and in standardised ones. */

export type Point = [number, number];
/** in raw units */
export type FittedLine = { slope: number; intercept: number };
type Unit = { mean: number; deviation: number };

/** @returns population standard deviation; 1 where all are equal */
export function unitOf(values: number[]): Unit {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

/**
 * The line y = slope * x + intercept in raw units.
 * @param points  in raw units
 * @param parameters  slope and intercept, as the run has them
 * @param standardized  whether they are in standardised units
 */
export function rawLine(points: Point[], [slope, intercept]: number[], standardized: boolean): FittedLine {
  if (!standardized) return { slope, intercept };
  const [x, y] = [unitOf(points.map((point) => point[0])), unitOf(points.map((point) => point[1]))];
  const raw = (slope * y.deviation) / x.deviation;
  return { slope: raw, intercept: y.mean + intercept * y.deviation - raw * x.mean };
}
