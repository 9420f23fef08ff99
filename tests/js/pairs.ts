/** @returns numbers two by two: the intervals of a window, or points @param numbers  as many as two for each */
export const pairs = (...numbers: number[]): [number, number][] =>
  Array.from({ length: numbers.length / 2 }, (_, k) => [numbers[2 * k], numbers[2 * k + 1]]);
