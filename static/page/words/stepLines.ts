/** A step as lines of a working: the learning rate of the step, if it changes, then the lines of the rule. */
import type { Wire } from "../state/types.ts";
import { backTo, gradientFormula, latexParameter } from "./gradientLatex.ts";
import { roundedText } from "./latexValue.ts";
import { closingBrace, withoutMarks } from "./marks.ts";

const FRACTION = "\\frac{";

/** The text without the contents of braces and brackets. */
function withoutGroups(latex: string) {
  let text = latex;
  for (let before = ""; before !== text; ) [before, text] = [text, text.replace(/\{[^{}]*\}|\([^()]*\)/g, "")];
  return text;
}

/** @param loose  operators that need brackets around the text */
function bracketed(latex: string, loose: RegExp): string {
  if (!loose.test(withoutGroups(latex)) && !withoutMarks(latex).startsWith("-")) return latex;
  return latex.includes("(") ? `\\bigl(${latex}\\bigr)` : `(${latex})`;
}

/**
 * A low formula with fractions in its line keeps its digits at full size.
 * @returns such as `(a + b)/(2 c)` for `\frac{a + b}{2 c}`
 */
function withInlineFractions(latex: string): string {
  const at = latex.indexOf(FRACTION);
  if (at < 0) return latex;
  const middle = closingBrace(latex, at + FRACTION.length - 1);
  const end = closingBrace(latex, middle + 1);
  const [above, below] = [latex.slice(at + FRACTION.length, middle), latex.slice(middle + 2, end)].map(
    withInlineFractions,
  );
  const fraction = `${bracketed(above, / [+-] /)}/${bracketed(below, / ([+-]|\\cdot) |\//)}`;
  return `${latex.slice(0, at)}${fraction}${withInlineFractions(latex.slice(end + 1))}`;
}

export interface LineText {
  /** unique among the lines of the step */
  key: string;
  /** the quantity it computes */
  quantity: string;
  /** marked LaTeX */
  formula: string;
  /** marked LaTeX; null where there are no numbers to put in, or too many */
  numbers: string | null;
  /** NaN where it is not a finite number */
  value: number;
  /** what to print for a quantity instead, by its name */
  names: Record<string, string>;
  /** the numbers of several parameters, under one formula */
  rows?: RowText[];
  /** the result of a line of a method where it is not one number, as LaTeX and in words */
  result?: { latex: string; words: string };
}

export type RowText = { parameter: string; numbers: string | null; value: number };

const RATE =
  "\\htmlData{of=lr}{\\mathrm{lr}} = \\mathrm{learning\\ rate} \\cdot \\htmlData{of=factor}{\\mathrm{factor}}";

/** @param formula  as text, where it is too long for LaTeX */
function asPlainText(name: string, formula: string) {
  const right = formula.replaceAll("**", "^").replace(/[{}_#%&$^~\\]/g, "\\$&");
  return `\\htmlData{of=${name}}{\\texttt{${name.replace(/_/g, "\\_")}}} = \\texttt{${right}}`;
}

/** JSON has no numbers that are not finite; the LaTeX has their sign. */
export const filledValue = ({ value, value_latex: text = "" }: Wire["Evaluation"]) =>
  value ?? (text.includes("\\infty") ? (text.startsWith("-") ? -Infinity : Infinity) : NaN);

/** @param beside  whether rows for several parameters stand below each other, so that each has to be low */
export function gradientLine(step: Wire["Step"], parameter: string, beside: boolean = false): LineText {
  const gradient = step.gradient[parameter];
  const numbers = gradient.latex ?? (gradient.noise ? null : (backTo(step, parameter)?.latex ?? null));
  return {
    key: `g ${parameter}`,
    quantity: "g",
    formula: gradientFormula(step, parameter, beside),
    numbers: beside ? lowFormula(numbers) : numbers,
    value: filledValue(gradient),
    names: {},
  };
}

function rateLines({ rate }: Wire["Step"]): LineText[] {
  if (rate.schedule === "constant") return [];
  const scheduleLines = rate.lines.map(({ name, formula, latex, filled }) => ({
    key: `schedule ${name}`,
    quantity: name,
    formula: latex ?? asPlainText(name, formula),
    numbers: filled.latex,
    value: filledValue(filled),
    names: {},
  }));
  return [
    ...scheduleLines,
    { key: "rate", quantity: "lr", formula: RATE, numbers: rate.latex, value: filledValue(rate), names: {} },
  ];
}

/** The numbers of a vector, or of a matrix row by row. */
const inWords = (value: number[] | number[][]) =>
  value
    .map((row) =>
      [row]
        .flat()
        .map((value) => roundedText(value))
        .join(", "),
    )
    .join(Array.isArray(value[0]) ? "; " : ", ");

/** @returns such as "13 × 13 numbers" */
const sizeOf = (value: number[] | number[][]) =>
  `${[value.length, ...(Array.isArray(value[0]) ? [value[0].length] : [])].join(" × ")} numbers`;

function methodResult({ value, value_latex: latex }: Wire["MethodLine"]): LineText["result"] {
  if (typeof value === "number" || value === null) return undefined;
  if (typeof value === "string") return { latex: latex ?? value, words: value };
  return latex === null
    ? { latex: `\\text{${sizeOf(value)}}`, words: sizeOf(value) }
    : { latex, words: inWords(value) };
}

/** The lines of a method without a rule, which concern all parameters together. */
function methodLines({ method_lines: lines = [] }: Wire["Step"]): LineText[] {
  return lines.map((line) => ({
    key: `method ${line.name}`,
    quantity: line.name,
    formula: line.latex,
    numbers: line.filled_latex,
    value: typeof line.value === "number" ? line.value : NaN,
    names: {},
    result: methodResult(line),
  }));
}

/** @returns whether the step reads the gradient: a method may read losses alone */
export const readsGradient = ({ method_lines: lines = [] }: Wire["Step"]): boolean =>
  !lines.length || lines.some(({ latex }) => /(^|[^\\a-zA-Z])g(?![a-zA-Z])/.test(latex));

export function stepLines(step: Wire["Step"], parameter: string): LineText[] {
  const names = { w: latexParameter(parameter) };
  const ruleLines = step.lines.map(({ name, formula, latex, values }, k) => ({
    key: `${k} ${formula}`,
    quantity: name,
    formula: latex ?? asPlainText(name, formula),
    numbers: values[parameter].latex,
    value: filledValue(values[parameter]),
    names,
  }));
  return [...rateLines(step), ...ruleLines, ...methodLines(step)];
}

/** Formulas in rows below each other are written low. */
export const lowFormula = (latex: string | null) => latex && withInlineFractions(latex);

/** The lines of the rule with the numbers of several parameters below each; a line without a parameter has one row. */
export function linesOfParameters(step: Wire["Step"], parameters: string[]): LineText[] {
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
        numbers: lowFormula(wireLine.values[parameter].latex),
        value: filledValue(wireLine.values[parameter]),
      })),
    };
  });
}
