/** Words for a path that was recorded elsewhere, not computed here. */

/** @returns the note in place of values that would have to be computed */
export const recordedWords = (name: string): string =>
  `${name} was recorded, not run: nothing is computed anew of it. Its rows stand in Steps.`;
