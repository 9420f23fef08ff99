/** Which minimum is at a place. */

/** A run has ended in a minimum if it is this near, as a share of the map; the server has the same rule. */
export const NEAR = 0.002;

/** @param axes  of the starts @returns the index of the minimum near a place; -1 where there is none */
export function minimumNear(minima: number[][], axes: number[][], place: number[]): number {
  const near = axes.map((at) => NEAR * (at[at.length - 1] - at[0]));
  return minima.findIndex((minimum) => near.every((far, k) => Math.abs(place[k] - minimum[k]) <= far));
}
