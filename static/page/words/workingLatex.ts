/** The working of a step as LaTeX to paste into a document. */

import type { Wire } from "../state/types.ts";
import { latexValue } from "./latexValue.ts";
import { withoutMarks } from "./marks.ts";
import { gradientLine, readsGradient, stepLines } from "./stepLines.ts";
import { chainRows } from "./terms.ts";

/** Lines are aligned at their sign. */
const aligned = (latex: string) => latex.replace(/ (=|\\leftarrow) /, " &$1 ");

function latexRows(latex: string, numbers: string | null, value: string): string[] {
  return [aligned(withoutMarks(latex)), ...(numbers ? [`  &= ${withoutMarks(numbers)}`] : []), `  &= ${value}`];
}

/** @returns an align* environment */
export function workingLatex(step: Wire["Step"], parameter: string): string {
  const ofParameter = step.gradient[parameter];
  const { terms, chain } = ofParameter;
  const chained =
    terms && chain && readsGradient(step) ? chainRows({ ...ofParameter, terms, chain }, latexValue) : null;
  const gradient = readsGradient(step) && !chained ? [gradientLine(step, parameter)] : [];
  const rows = [...gradient, ...stepLines(step, parameter)].flatMap(({ formula, numbers, value, names, result }) =>
    latexRows(namedIn(formula, names), numbers, result?.latex ?? latexValue(value)),
  );
  return `\\begin{align*}\n${[...(chained ?? []), ...rows].join(" \\\\\n")}\n\\end{align*}\n`;
}

function namedIn(latex: string, names: Record<string, string>) {
  return Object.entries(names).reduce(
    (text, [name, shown]) => text.replaceAll(`\\htmlData{of=${name}}{${name}}`, shown),
    latex,
  );
}
