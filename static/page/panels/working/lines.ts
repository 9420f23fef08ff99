/** A step in lines: the gradient, then each line of the rule. The arrow keys go from one to the next. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { Wire } from "../../state/types.ts";
import { latexParameter } from "../../words/gradientLatex.ts";
import { gradientLine, type LineText, readsGradient } from "../../words/stepLines.ts";
import type { Formulas } from "./formulas.ts";
import { workingLine } from "./line.ts";
import { terms } from "./terms.ts";

interface Lines {
  step: Wire["Step"];
  /** side by side where there are several */
  parameters: string[];
  /** of the rule */
  lines: LineText[];
  /** what the gradient is by, where that is no formula */
  source?: string;
  /** the point that is pointed at */
  point: number | null;
  /** more or fewer points are to be shown */
  redraw: () => void;
}

/** Of a formula with its numbers put in, a line for each parameter; of data by the chain rule. */
function gradient(
  formula: Formulas,
  { step, parameters, source, point, redraw }: Lines,
  names: Record<string, string>,
) {
  if (!readsGradient(step)) return nothing;
  const beside = parameters.length > 1;
  const { terms: all, chain, ...first } = step.gradient[parameters[0]];
  if (all && chain) return terms({ formula, step, gradient: { ...first, terms: all, chain }, point, redraw });
  const lines = parameters.map((parameter, k) =>
    workingLine(formula, { ...gradientLine(step, parameter, beside), names }, { stop: k === 0 }),
  );
  return source ? [...lines, html`<li class="aside working-source">This gradient is by ${source}.</li>`] : lines;
}

export function stepInLines(formula: Formulas, content: Lines) {
  const { step, parameters, lines } = content;
  const names: Record<string, string> = parameters.length > 1 ? {} : { w: latexParameter(parameters[0]) };
  /** The line that takes the step: the last one that changes the parameter. */
  const result = lines.findLastIndex(({ quantity }) => quantity === "w");
  return html`${gradient(formula, content, names)}<li><ol class="working-lines">${repeat(
    lines,
    ({ key }) => key,
    (text, k) => workingLine(formula, text, { result: k === result, stop: k === 0 && !readsGradient(step) }),
  )}</ol></li>`;
}
