/**
 * Where a line of LaTeX may be broken: before a sign, never after it, and first of all between the terms of a sum. The
 * formula setter by itself breaks after every sign, and as gladly within brackets.
 */

/** A sign between two operands, or the words before a condition. */
const SIGN = / (=|\\leftarrow|\+|-|\\cdot) |( \\quad \\text\{as \}|\\text\{ and \})/g;
const DEEPER = /\\left(?![a-z])|\\begin|\\bigl|[{(]/g;
const HIGHER = /\\right(?![a-z])|\\end|\\bigr|[})]/g;

const count = (text: string, signs: RegExp) => text.match(signs)?.length ?? 0;

/** How many brackets are open after a text. `\left(` and `\begin{…}` count more than once, and are closed as often. */
const depthAfter = (latex: string) => count(latex, DEEPER) - count(latex, HIGHER);

/** @param anywhere  also within brackets and between factors, where there is no other way */
export function breakable(latex: string, anywhere: boolean): string {
  return latex.replace(SIGN, (whole, sign, words, at) => {
    if (words) return ` \\allowbreak${whole}`;
    const between = sign !== "\\cdot" && depthAfter(latex.slice(0, at)) === 0;
    return between || anywhere ? ` \\allowbreak ${sign} \\nobreak ` : ` ${sign} \\nobreak `;
  });
}

/** Formulas side by side: a line is broken between them alone. */
export function sideBySide(latex: string): string {
  const each = latex.split("\\qquad");
  return each.length > 1 ? each.map((one) => `{${one}}`).join("\\qquad\\allowbreak ") : latex;
}
