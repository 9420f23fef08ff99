/** A step as lines to be read: how the rate in force came about, where it changes, then the rule. */

import type { Filled, WireStep } from "../service/step.ts";
import { gradientFormula, latexParameter } from "./gradientLatex.ts";
import { inline } from "./inline.ts";

export interface LineText {
  /** tells it from the other lines of the step */
  key: string;
  /** the quantity it computes */
  of: string;
  /** marked LaTeX */
  formula: string;
  /** marked LaTeX; null where there is nothing to put in, or too much */
  numbers: string | null;
  /** NaN where it is not a finite number */
  value: number;
  /** what to print for a quantity instead */
  names: Record<string, string>;
  /** the numbers of several parameters, under one formula */
  rows?: RowText[];
}

export type RowText = { parameter: string; numbers: string | null; value: number };

const RATE =
  "\\htmlData{of=lr}{\\mathrm{lr}} = \\mathrm{learning\\ rate} \\cdot \\htmlData{of=factor}{\\mathrm{factor}}";

/** @param formula  as text, where it is too long to be printed */
function plainly(name: string, formula: string) {
  const right = formula.replace(/[{}_#%&$^~\\]/g, "\\$&");
  return `\\htmlData{of=${name}}{\\texttt{${name.replace(/_/g, "\\_")}}} = \\texttt{${right}}`;
}

/** JSON has no word for what is not finite; the LaTeX says which way. */
export const filledValue = ({ value, value_latex: text = "" }: Filled) =>
  value ?? (text.includes("\\infty") ? (text.startsWith("-") ? -Infinity : Infinity) : NaN);

/** The gradient as a line like the others. */
export function gradientLine(step: WireStep, parameter: string): LineText {
  const gradient = step.gradient[parameter];
  return {
    key: "g",
    of: "g",
    formula: gradientFormula(step, parameter),
    numbers: gradient.latex,
    value: filledValue(gradient),
    names: {},
  };
}

function rateLines({ rate }: WireStep): LineText[] {
  if (rate.schedule === "constant") return [];
  const own = rate.lines.map(({ name, formula, latex, filled }) => ({
    key: `schedule ${name}`,
    of: name,
    formula: latex ?? plainly(name, formula),
    numbers: filled.latex,
    value: filledValue(filled),
    names: {},
  }));
  return [...own, { key: "rate", of: "lr", formula: RATE, numbers: rate.latex, value: filledValue(rate), names: {} }];
}

export function stepLines(step: WireStep, parameter: string): LineText[] {
  const names = { w: latexParameter(parameter) };
  const own = step.lines.map(({ name, formula, latex, values }, k) => ({
    key: `${k} ${formula}`,
    of: name,
    formula: latex ?? plainly(name, formula),
    numbers: values[parameter].latex,
    value: filledValue(values[parameter]),
    names,
  }));
  return [...rateLines(step), ...own];
}

/** Rows below each other are as low as they can be. */
export const flat = (latex: string | null) => latex && inline(latex);

/** The lines of the rule with the numbers of several parameters under each; a line that all share has one row. */
export function linesBeside(step: WireStep, parameters: string[]): LineText[] {
  const first = parameters[0];
  if (parameters.length === 1) return stepLines(step, first);
  const rate = stepLines(step, first).length - step.lines.length;
  return stepLines(step, first).map((line, k) => {
    const wireLine = step.lines[k - rate];
    if (!wireLine || wireLine.shared) return { ...line, names: {} };
    return {
      ...line,
      names: {},
      rows: parameters.map((parameter) => ({
        parameter,
        numbers: flat(wireLine.values[parameter].latex),
        value: filledValue(wireLine.values[parameter]),
      })),
    };
  });
}
