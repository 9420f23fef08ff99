/** Which minimum is at a place, and its letter: on the map, in answers and in the map of ends. */

/** A run has ended in a minimum if it is this near, as a share of the map; the server has the same rule. */
export const NEAR = 0.002;

/** @param axes  of the starts @returns the index of the minimum near a place; -1 where there is none */
export function minimumNear(minima: number[][], axes: number[][], place: number[]): number {
  const near = axes.map((at) => NEAR * (at[at.length - 1] - at[0]));
  return minima.findIndex((minimum) => near.every((far, k) => Math.abs(place[k] - minimum[k]) <= far));
}

/** @returns A, B, C and so on; none where there is only one minimum, or too many to be told apart */
export const minimumLetters = (count: number): string[] =>
  count > 1 && count < 9 ? Array.from({ length: count }, (_, k) => String.fromCharCode(65 + k)) : [];
