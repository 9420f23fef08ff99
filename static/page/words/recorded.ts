/** A path that was recorded, not run. */

/** @returns in the place of what would have to be computed of it */
export const recordedWords = (name: string): string =>
  `${name} was recorded, not run: nothing is computed anew of it. Its rows stand in Steps.`;
