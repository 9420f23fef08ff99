/**
 * Where a line of LaTeX may be broken: before a sign, never after it, and first of all between the terms of a sum. The
 * formula setter by itself breaks after every sign, and as gladly within brackets.
 */

/** A sign between two operands, or the words before a condition. */
const SIGN = / (=|\\leftarrow|\+|-|\\cdot) |( \\quad \\text\{as \}|\\text\{ and \})/g;
const DEEPER = /\\left(?![a-z])|\\begin|\\bigl|[{(]/g;
const HIGHER = /\\right(?![a-z])|\\end|\\bigr|[})]/g;

/** @param {string} text @param {RegExp} signs */
const count = (text, signs) => text.match(signs)?.length ?? 0;

/**
 * How many brackets are open after a text. `\left(` and `\begin{…}` count more than once, and are closed as often.
 * @param {string} latex
 */
const depthAfter = (latex) => count(latex, DEEPER) - count(latex, HIGHER);

/**
 * @param {string} latex
 * @param {boolean} anywhere  also within brackets and between factors, where there is no other way
 * @returns {string}
 */
export function breakable(latex, anywhere) {
  return latex.replace(SIGN, (whole, sign, words, at) => {
    if (words) return ` \\allowbreak${whole}`;
    const between = sign !== "\\cdot" && depthAfter(latex.slice(0, at)) === 0;
    return between || anywhere ? ` \\allowbreak ${sign} \\nobreak ` : ` ${sign} \\nobreak `;
  });
}
