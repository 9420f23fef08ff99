/** A step as lines to be read: how the rate in force came about, where it changes, then the rule. */

import type { Filled, WireMethodLine, WireStep } from "../resources/step.ts";
import { backTo, gradientFormula, latexParameter } from "./gradientLatex.ts";
import { inline } from "./inline.ts";
import { shownValue } from "./latexValue.ts";

export interface LineText {
  /** tells it from the other lines of the step */
  key: string;
  /** the quantity it computes */
  quantity: string;
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
  /** of a method: what comes of the line, where that is not one number, as LaTeX and in words */
  result?: { latex: string; words: string };
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

/** @param beside  the numbers of several stand below each other, as low as they can be */
export function gradientLine(step: WireStep, parameter: string, beside: boolean = false): LineText {
  const gradient = step.gradient[parameter];
  const numbers = gradient.latex ?? (gradient.noise ? null : (backTo(step, parameter)?.latex ?? null));
  return {
    key: `g ${parameter}`,
    quantity: "g",
    formula: gradientFormula(step, parameter, beside),
    numbers: beside ? flat(numbers) : numbers,
    value: filledValue(gradient),
    names: {},
  };
}

function rateLines({ rate }: WireStep): LineText[] {
  if (rate.schedule === "constant") return [];
  const own = rate.lines.map(({ name, formula, latex, filled }) => ({
    key: `schedule ${name}`,
    quantity: name,
    formula: latex ?? plainly(name, formula),
    numbers: filled.latex,
    value: filledValue(filled),
    names: {},
  }));
  return [
    ...own,
    { key: "rate", quantity: "lr", formula: RATE, numbers: rate.latex, value: filledValue(rate), names: {} },
  ];
}

/** Numbers of a vector, or of a matrix row by row. */
const inWords = (value: number[] | number[][]) =>
  value
    .map((row) =>
      [row]
        .flat()
        .map((each) => shownValue(each))
        .join(", "),
    )
    .join(Array.isArray(value[0]) ? "; " : ", ");

/** @returns "13 × 13 numbers" */
const sizeOf = (value: number[] | number[][]) =>
  `${[value.length, ...(Array.isArray(value[0]) ? [value[0].length] : [])].join(" × ")} numbers`;

function resultOf({ value, value_latex: latex }: WireMethodLine): LineText["result"] {
  if (typeof value === "number" || value === null) return undefined;
  if (typeof value === "string") return { latex: latex ?? value, words: value };
  return latex === null
    ? { latex: `\\text{${sizeOf(value)}}`, words: sizeOf(value) }
    : { latex, words: inWords(value) };
}

/** The lines of a method that is no rule, which are of all parameters together. */
function methodLines({ method_lines: lines = [] }: WireStep): LineText[] {
  return lines.map((line) => ({
    key: `method ${line.name}`,
    quantity: line.name,
    formula: line.latex,
    numbers: line.filled_latex,
    value: typeof line.value === "number" ? line.value : NaN,
    names: {},
    result: resultOf(line),
  }));
}

/** @returns whether a step is made of the gradient: a method may look at losses alone */
export const readsGradient = ({ method_lines: lines = [] }: WireStep): boolean =>
  !lines.length || lines.some(({ latex }) => /(^|[^\\a-zA-Z])g(?![a-zA-Z])/.test(latex));

export function stepLines(step: WireStep, parameter: string): LineText[] {
  const names = { w: latexParameter(parameter) };
  const own = step.lines.map(({ name, formula, latex, values }, k) => ({
    key: `${k} ${formula}`,
    quantity: name,
    formula: latex ?? plainly(name, formula),
    numbers: values[parameter].latex,
    value: filledValue(values[parameter]),
    names,
  }));
  return [...rateLines(step), ...own, ...methodLines(step)];
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
