/** The letters of known minima: on the map, in answers and in the map of ends. */

/** @returns A, B, C and so on; none where there is only one minimum, or too many to be told apart */
export const minimumLetters = (count: number): string[] =>
  count > 1 && count < 9 ? Array.from({ length: count }, (_, k) => String.fromCharCode(65 + k)) : [];
