/** The working of a step as LaTeX to paste into a document, and its numbers as text to read. */
import { withoutMarks } from "./marks.js";

/** @typedef {import("../net/step.js").WireStep} WireStep */

/** Significant digits of a number in the working. */
export const DIGITS = 4;

/** @param {number} value @returns {string} LaTeX */
export function latexValue(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "\\text{undefined}" : value > 0 ? "\\infty" : "-\\infty";
  const [mantissa, exponent] = value.toExponential(DIGITS - 1).split("e");
  const power = Number(exponent);
  if (value === 0) return "0";
  if (power < -3 || power > 4) return `${mantissa} \\cdot 10^{${power}}`;
  return value.toFixed(Math.max(0, DIGITS - 1 - power));
}

/** @param {string} name  of a parameter @returns {string} LaTeX */
export const latexParameter = (name) => (name.length === 1 ? name : `\\mathrm{${name.replace(/_/g, "\\_")}}`);

/** The slope of the loss in one parameter. @param {string} name */
export const latexSlope = (name) => `\\partial L/\\partial ${latexParameter(name)}`;

/** @param {string} latex  "left = right" or "left <- right" @returns {[string, string]} the left side with its sign as an alignment point */
function aligned(latex) {
  const [left, sign, right] = /** @type {RegExpMatchArray} */ (latex.match(/^(.*?) (=|\\leftarrow) (.*)$/s)).slice(1);
  return [`${left} &${sign} `, right];
}

/**
 * @param {WireStep} step
 * @param {string} parameter
 * @returns {string} an align* environment
 */
export function workingLatex(step, parameter) {
  const slope = step.gradient[parameter];
  const sum = slope.terms ? slope.terms.map(({ latex }) => latex).join(" \\\\\n  &\\quad + ") : slope.latex;
  const rows = [`g &= ${latexSlope(parameter)}${slope.formula ? ` = ${withoutMarks(slope.formula)}` : ""}`];
  if (sum) rows.push(`  &= ${withoutMarks(sum)}`);
  rows.push(`  &= ${latexValue(slope.value)}`);
  for (const { latex, values } of step.lines) {
    const { latex: numbers, value } = values[parameter];
    if (latex) rows.push(aligned(withoutMarks(latex)).join(""));
    if (numbers) rows.push(`  &= ${withoutMarks(numbers)}`);
    rows.push(`  &= ${latexValue(value)}`);
  }
  return `\\begin{align*}\n${rows.join(" \\\\\n")}\n\\end{align*}\n`;
}
