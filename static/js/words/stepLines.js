/** A step as lines to be read: how the rate in force came about, where it changes, then the rule. */
import { inline } from "./inline.js";
import { latexParameter, slopeFormula } from "./slopeLatex.js";

/** @typedef {import("../net/step.js").WireStep} WireStep */
/** @typedef {import("../net/step.js").Filled} Filled */

/**
 * @typedef {object} LineText
 * @property {string} key  tells it from the other lines of the step
 * @property {string} of  the quantity it computes
 * @property {string} formula  marked LaTeX
 * @property {string | null} numbers  marked LaTeX; null where there is nothing to put in, or too much
 * @property {number} value  NaN where it is not a finite number
 * @property {Record<string, string>} names  what to print for a quantity instead
 * @property {RowText[]} [rows]  the numbers of several parameters, under one formula
 */

/** @typedef {{parameter: string, numbers: string | null, value: number}} RowText */

const RATE = "\\htmlData{of=lr}{\\mathrm{lr}} = \\mathrm{learning\\ rate} \\cdot \\htmlData{of=factor}{\\mathrm{factor}}";

/** @param {string} name @param {string} formula  as text, where it is too long to be printed */
const plainly = (name, formula) => `\\htmlData{of=${name}}{\\texttt{${name.replace(/_/g, "\\_")}}} = \\texttt{${formula.replace(/[{}_#%&$^~\\]/g, "\\$&")}}`;

/** JSON has no word for what is not finite; the LaTeX says which way. @param {Filled} filled */
export const valueOf = ({ value, value_latex: text = "" }) => value ?? (text.includes("\\infty") ? (text.startsWith("-") ? -Infinity : Infinity) : NaN);

/** The gradient as a line like the others. @param {WireStep} step @param {string} parameter @returns {LineText} */
export function slopeLine(step, parameter) {
  const slope = step.gradient[parameter];
  return { key: "g", of: "g", formula: slopeFormula(step, parameter), numbers: slope.latex, value: valueOf(slope), names: {} };
}

/** @param {WireStep} step @returns {LineText[]} */
function rateLines({ rate }) {
  if (rate.schedule === "constant") return [];
  const own = rate.lines.map(({ name, formula, latex, filled }) => (
    { key: `schedule ${name}`, of: name, formula: latex ?? plainly(name, formula), numbers: filled.latex, value: valueOf(filled), names: {} }));
  return [...own, { key: "rate", of: "lr", formula: RATE, numbers: rate.latex, value: valueOf(rate), names: {} }];
}

/** @param {WireStep} step @param {string} parameter @returns {LineText[]} */
export function stepLines(step, parameter) {
  const names = { w: latexParameter(parameter) };
  const own = step.lines.map(({ name, formula, latex, values }, k) => (
    { key: `${k} ${formula}`, of: name, formula: latex ?? plainly(name, formula), numbers: values[parameter].latex, value: valueOf(values[parameter]), names }));
  return [...rateLines(step), ...own];
}

/** Rows below each other are as low as they can be. @param {string | null} latex */
export const flat = (latex) => latex && inline(latex);

/**
 * The lines of the rule with the numbers of several parameters under each; a line that is the same for all has one row.
 * @param {WireStep} step @param {string[]} parameters @returns {LineText[]}
 */
export function linesBeside(step, parameters) {
  const first = parameters[0];
  if (parameters.length === 1) return stepLines(step, first);
  const rate = stepLines(step, first).length - step.lines.length;
  return stepLines(step, first).map((line, k) => {
    const told = step.lines[k - rate];
    if (!told || told.shared) return { ...line, names: {} };
    return { ...line, names: {}, rows: parameters.map((parameter) => ({ parameter, numbers: flat(told.values[parameter].latex), value: valueOf(told.values[parameter]) })) };
  });
}
