/**
 * Chooses where a line of LaTeX may break: before a sign, never after it, and between the terms of a sum first. KaTeX
 * by itself breaks after every sign, and within brackets as readily.
 */

/** A sign between two operands, or the words before a condition. */
const SIGN = / (=|\\leftarrow|\+|-|\\cdot) |( \\quad \\text\{as \}|\\text\{ and \})/g;
const DEEPER = /\\left(?![a-z])|\\begin|\\bigl|[{(]/g;
const HIGHER = /\\right(?![a-z])|\\end|\\bigr|[})]/g;

const count = (text: string, signs: RegExp) => text.match(signs)?.length ?? 0;

/**
 * The number of brackets still open after a text. `\left(` and `\begin{…}` count more than once, and are closed as
 * often.
 */
const depthAfter = (latex: string) => count(latex, DEEPER) - count(latex, HIGHER);

/** @param anywhere  whether it may break within brackets and between factors, if there is no other place */
export function withLineBreaks(latex: string, anywhere: boolean): string {
  return latex.replace(SIGN, (whole, sign, words, at) => {
    if (words) return ` \\allowbreak${whole}`;
    const between = sign !== "\\cdot" && depthAfter(latex.slice(0, at)) === 0;
    return between || anywhere ? ` \\allowbreak ${sign} \\nobreak ` : ` ${sign} \\nobreak `;
  });
}

/** Formulas side by side: the line may break only between them. */
export function sideBySide(latex: string): string {
  const formulas = latex.split("\\qquad");
  return formulas.length > 1 ? formulas.map((formula) => `{${formula}}`).join("\\qquad\\allowbreak ") : latex;
}
