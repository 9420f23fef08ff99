/** Words of English sentences, and letters of Greek. */

const conjunction = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** @returns "A", "A and B", "A, B and C" */
export const listed = (words: string[]): string => conjunction.format(words);

/** @param write  how the count is written @returns "1 step", "2 steps" */
export const counted = (count: number, word: string, write: (count: number) => string = String): string =>
  `${write(count)} ${word}${count === 1 ? "" : "s"}`;

/** @returns with a capital at its beginning, where that is no Greek letter: β is the name of something */
export const capital = (text: string): string => text.replace(/^[a-z]/, (first) => first.toUpperCase());

const LETTERS = { c: "c", beta: "β", eps: "ε", rho: "ρ", lambda: "λ", delta: "δ", mu: "μ" } as Record<string, string>;
const BELOW = "₀₁₂₃₄₅₆₇₈₉";

/**
 * @param name  "beta1"
 * @returns "β₁"; words where there is no letter for it
 */
export function symbol(name: string): string {
  const [, stem, digits] = name.match(/^(.*?)(\d*)$/) as RegExpMatchArray;
  const letter = LETTERS[stem];
  if (!letter) return name.replace(/_/g, " ");
  return letter + lowered(digits);
}

/** @returns "₁₃" */
export const lowered = (count: number | string): string =>
  [...String(count)].map((digit) => BELOW[Number(digit)]).join("");
