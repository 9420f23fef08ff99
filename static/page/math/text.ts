/** Words of English sentences. */

const conjunction = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** @returns "A", "A and B", "A, B and C" */
export const listed = (words: string[]): string => conjunction.format(words);

/** @param write  how the count is written @returns "1 step", "2 steps" */
export const counted = (count: number, word: string, write: (count: number) => string = String): string =>
  `${write(count)} ${word}${count === 1 ? "" : "s"}`;

/** @returns with a capital at its beginning, where that is no Greek letter: β is the name of something */
export const capital = (text: string): string => text.replace(/^[a-z]/, (first) => first.toUpperCase());
