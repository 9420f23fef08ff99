/** The gradient of a line fit in words and LaTeX: the chain rule, the terms of the points, and their sum. */

import type { Wire } from "../state/types.ts";
import { withoutMarks } from "./marks.ts";

/** a row below the terms; the last one is the gradient used */
export type Total = { words: string; value: number; last: boolean };

/** Up to so many points of a batch are named. */
const NAMED = 8;
/** Up to so many points have their numbers written out in a document. */
const WRITTEN = 8;
/** A formula of more letters does not fit a line. */
const LONGEST = 150;

/** The chain rule in symbols. @returns marked LaTeX */
export function chainLatex({ loss_latex, residual_latex, rule_latex, product_latex }: Wire["Chain"]): {
  residual: string;
  loss: string | null;
  rule: string;
  product: string | null;
} {
  return {
    residual: residual_latex ?? "",
    loss: loss_latex,
    rule: `\\htmlData{of=g}{g} = ${rule_latex}`,
    product: product_latex && `= ${product_latex}`,
  };
}

/** @returns LaTeX of each term with its data; empty where they are too many or too long */
export function termsWithData(terms: Wire["Term"][]): string[] {
  const lines = terms.map(({ formula_latex }) => formula_latex ?? "");
  return lines.every((line) => line && line.length <= LONGEST) ? lines : [];
}

/** @returns the batch in words; empty where every point is used */
export function batchWords({ batch }: Wire["Step"], terms: Wire["Term"][]): string {
  if (!batch) return "";
  if (terms.length === 1) return `This step sees point ${terms[0].point + 1} alone.`;
  const names = terms.slice(0, NAMED).map(({ point }) => String(point + 1));
  const unnamed = terms.length - names.length;
  const last = unnamed ? `${unnamed} more` : (names.pop() as string);
  return `The batch B: points ${names.join(", ")} and ${last}.`;
}

export function termTotals({
  terms,
  chain,
  clean,
  noise,
  value,
}: Wire["Component"] & { terms: Wire["Term"][]; chain: Wire["Chain"] }): Total[] {
  const many = terms.length > 1;
  const sum = terms.reduce((total, term) => total + (term.value ?? NaN), 0);
  const steps = [
    ...(many ? [[`sum of ${terms.length} points`, chain.divisor === null ? clean : sum]] : []),
    ...(chain.divisor === null ? [] : [[`sum / ${chain.divisor}`, clean]]),
    ...(noise === null
      ? []
      : [
          ["noise", noise],
          ["with the noise", value ?? NaN],
        ]),
  ];
  const all = steps.length ? steps : [["what this point adds", value ?? NaN]];
  return all.map(([words, number], k) => ({ words: String(words), value: Number(number), last: k === all.length - 1 }));
}

/** The LaTeX without the condition of its case. */
const bare = (latex: string | null) => withoutMarks(latex ?? "").split(" \\quad ")[0];

/** The sum or the mean of the products. */
function written(terms: Wire["Term"][], divisor: number | null) {
  const sum = terms
    .map(({ chain }, k) => (k && bare(chain.latex).startsWith("-") ? `(${bare(chain.latex)})` : bare(chain.latex)))
    .join(" + ");
  return divisor === null ? sum : `\\frac{1}{${divisor}} \\left(${sum}\\right)`;
}

/** The chain rule as rows of an align environment, with the numbers of the points where they are few. */
export function chainRows(
  { terms, chain, latex, clean, noise, value }: Wire["Component"] & { terms: Wire["Term"][]; chain: Wire["Chain"] },
  latexValue: (value: number) => string,
): string[] {
  const few = terms.length <= WRITTEN;
  const residuals = few
    ? terms.map(
        ({ point, residual }) => `U_{${point + 1}} &= ${bare(residual.latex)} = ${latexValue(residual.value ?? NaN)}`,
      )
    : [];
  const numbers = few ? written(terms, chain.divisor) : bare(latex);
  const rows = [chain.loss_latex ?? "", chain.residual_latex ?? ""]
    .filter(Boolean)
    .map((row) => row.replace(" = ", " &= "));
  return [
    ...rows,
    ...residuals,
    `g &= ${chain.rule_latex}`,
    ...(chain.product_latex ? [`  &= ${chain.product_latex}`] : []),
    `  &= ${numbers}`,
    ...(noise === null || !few
      ? []
      : [`  &= ${latexValue(clean)} + \\underbrace{${latexValue(noise)}}_{\\text{noise}}`]),
    `  &= ${latexValue(value ?? NaN)}`,
  ];
}
