/** The working of a step as LaTeX to paste into a document. */
import { stepLines } from "./stepLines.js";
import { withoutMarks } from "./marks.js";

/** @typedef {import("../net/step.js").WireStep} WireStep */
/** @typedef {import("../net/step.js").WireSlope} WireSlope */

/** Significant digits of a number in the working. */
export const DIGITS = 4;

/** @param {number} value @returns {string} LaTeX */
export function latexValue(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "\\text{undefined}" : value > 0 ? "\\infty" : "-\\infty";
  if (value === 0) return "0";
  const [mantissa, exponent] = value.toExponential(DIGITS - 1).split("e");
  const power = Number(exponent);
  if (power < -3 || power > 4) return `${mantissa} \\cdot 10^{${power}}`;
  return Number(value.toPrecision(DIGITS)).toFixed(Math.max(0, DIGITS - 1 - power));
}

/** @param {string} name  of a parameter @returns {string} LaTeX */
export const latexParameter = (name) => (name.length === 1 ? name : `\\mathrm{${name.replace(/_/g, "\\_")}}`);

/** The slope of the loss in one parameter. @param {string} name */
export const latexSlope = (name) => `\\partial L/\\partial ${latexParameter(name)}`;

/** The sign becomes the point at which the lines are aligned. @param {string} latex */
const aligned = (latex) => latex.replace(/ (=|\\leftarrow) /, " &$1 ");

/** @param {string} latex @param {string | null} numbers @param {number} value @returns {string[]} */
function rowsOf(latex, numbers, value) {
  return [aligned(withoutMarks(latex)), ...(numbers ? [`  &= ${withoutMarks(numbers)}`] : []), `  &= ${latexValue(value)}`];
}

/** @param {WireSlope} slope @param {string} parameter @returns {string} "g = dL/dx = formula" */
export function slopeFormula({ formula_latex: formula }, parameter) {
  return `\\htmlData{of=g}{g} = ${latexSlope(parameter)}${formula ? ` = ${formula}` : ""}`;
}

/**
 * @param {WireStep} step
 * @param {string} parameter
 * @returns {string} an align* environment
 */
export function workingLatex(step, parameter) {
  const slope = step.gradient[parameter];
  const lines = stepLines(step, parameter);
  const rows = [
    ...rowsOf(slopeFormula(slope, parameter), slope.latex, slope.value ?? NaN),
    ...lines.flatMap(({ formula, numbers, value, names }) => rowsOf(namedIn(formula, names), numbers, value)),
  ];
  return `\\begin{align*}\n${rows.join(" \\\\\n")}\n\\end{align*}\n`;
}

/** @param {string} latex @param {Record<string, string>} names */
function namedIn(latex, names) {
  return Object.entries(names).reduce((text, [name, shown]) => text.replaceAll(`\\htmlData{of=${name}}{${name}}`, shown), latex);
}
