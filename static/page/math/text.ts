/** Parts of English sentences, and Greek letters. */

const conjunction = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** @returns "A", "A and B", "A, B and C" */
export const listInWords = (words: string[]): string => conjunction.format(words);

/** @param write  writes the count @returns "1 step", "2 steps" */
export const countInWords = (count: number, word: string, write: (count: number) => string = String): string =>
  `${write(count)} ${word}${count === 1 ? "" : "s"}`;

/** @returns the text with what a line must not break held together: "x = 0.62", "24 %", "2/λ" */
export const unbroken = (words = ""): string =>
  words.replace(/ = | (?=%)|\/(?=\S)/g, (gap) => (gap === "/" ? "/\u2060" : gap.replaceAll(" ", "\u00a0")));

/** @returns "Adam’s"; of a name that ends in s "Batch of 16 points’" */
export const possessive = (name: string): string => `${name}’${name.endsWith("s") ? "" : "s"}`;

/** @returns the text with a capital, unless it begins with a Greek letter: β is a name */
export const capitalized = (text: string): string => text.replace(/^[a-z]/, (first) => first.toUpperCase());

const LETTERS = { c: "c", beta: "β", eps: "ε", rho: "ρ", lambda: "λ", delta: "δ", mu: "μ" } as Record<string, string>;
const BELOW = "₀₁₂₃₄₅₆₇₈₉";

/**
 * @param name  "beta1"
 * @returns "β₁"; the name itself where no letter stands for it
 */
export function symbol(name: string): string {
  const [, stem, digits] = name.match(/^(.*?)(\d*)$/) as RegExpMatchArray;
  const letter = LETTERS[stem];
  if (!letter) return name.replace(/_/g, " ");
  return letter + subscripted(digits);
}

/** @returns "₁₃" */
export const subscripted = (count: number | string): string =>
  [...String(count)].map((digit) => BELOW[Number(digit)]).join("");
