/**
 * The gradient of a line fit as a textbook has it: the residual of each point, the chain rule in symbols, what each
 * point adds by it, and what all of them make. The two rows of a point light up with it.
 */
import { html, nothing } from "lit-html";
import { component } from "../../component.ts";
import { pointQuantity } from "../../figure/highlight.ts";
import type { Shares, Wire } from "../../state/types.ts";
import { roundedText } from "../../words/latexValue.ts";
import { filledValue } from "../../words/stepLines.ts";
import { batchWords, chainLatex, type Total, termsWithData, termTotals } from "../../words/terms.ts";
import type { Formulas } from "./formulas.ts";

/** More points than these are shown only when asked for. */
const IN_SIGHT = 6;

/** Rows for some of the points: in place while their numbers change, whichever points they are of. */
const rows = (
  formula: Formulas,
  label: string,
  terms: Wire["Term"][],
  pick: (term: Wire["Term"]) => Wire["Evaluation"],
) =>
  html`<ol class="terms" aria-label=${label}>${terms.map(
    (term) => html`<li class="term" tabindex="-1" data-of=${pointQuantity(term.point)}><span
      class="term-point note">${term.point + 1}</span>${formula(pick(term).latex ?? "", "line-numbers")}<span
      class="line-value">${roundedText(filledValue(pick(term)))}</span></li>`,
  )}</ol>`;

/** What the points make, a line each; the last one is the gradient. */
const totals = (lines: Total[]) =>
  html`<ul class="terms totals" aria-label="What the points make together">${lines.map(
    ({ words, value, last }) =>
      html`<li class="term ${last ? "total" : ""}"><span class="term-sum">${
        last ? html`<i data-of="g">g</i> = ` : nothing
      }${words}</span><span class="line-value">${
        last ? html`<span data-of="g">${roundedText(value)}</span>` : roundedText(value)
      }</span></li>`,
  )}</ul>`;

function termsWithNumbers(formula: Formulas, lines: string[]) {
  const signed = (latex: string, k: number) => (k && !latex.startsWith("-") ? `+${latex}` : latex);
  return html`<details class="points" ?hidden=${!lines.length}><summary>With the data put in</summary><ol>${lines.map(
    (latex, k) => html`<li>${formula(signed(latex, k), "line-numbers")}</li>`,
  )}</ol></details>`;
}

/** The points in sight: the first ones, and among them the one that is highlighted. */
export function visibleTerms<T extends { point: number }>(
  all: T[],
  unfolded: boolean,
  highlighted: number | null,
): T[] {
  if (unfolded || all.length <= IN_SIGHT) return all;
  const first = all.slice(0, IN_SIGHT);
  const sought = all.find(({ point }) => point === highlighted);
  return !sought || first.includes(sought) ? first : [...first.slice(0, -1), sought];
}

interface Terms {
  formula: Formulas;
  step: Wire["Step"];
  gradient: Wire["Component"] & { terms: Wire["Term"][]; chain: Wire["Chain"] };
  /** the point that is pointed at */
  point: number | null;
  /** more or fewer points are to be shown */
  redraw: () => void;
}

export const terms = component<Terms>(() => {
  let unfolded = false;
  return ({ formula, step, gradient, point, redraw }) => {
    const all = gradient.terms;
    const shownTerms = visibleTerms(all, unfolded, point);
    const latex = chainLatex(gradient.chain);
    const residuals = rows(formula, "Residual of each point", shownTerms, ({ residual }) => residual);
    const added = rows(formula, "What each point adds", shownTerms, ({ chain }) => chain);
    const set = (text: string | null) => (text === null ? nothing : formula(text, "line-formula"));
    const unfold = () => {
      unfolded = !unfolded;
      redraw();
    };
    const unfoldButton = html`<button type="button" class="quiet" aria-expanded=${unfolded}
      ?hidden=${all.length <= IN_SIGHT} @click=${unfold}>${
        unfolded ? "Fewer points" : `All ${all.length} points`
      }</button>`;
    return html`<li class="chain"><div class="chain-parts"><div class="chain-head wraps">${set(latex.loss)}${set(
      latex.residual,
    )}<p class="note batch-words">${batchWords(step, all)}</p></div>
      ${residuals}
      <div class="working-line chain-rule wraps" tabindex="0"
        data-quantity="g">${set(latex.rule)}${set(latex.product)}</div>
      <div>${added}${totals(termTotals(gradient))}</div></div>
      ${unfoldButton}${termsWithNumbers(formula, termsWithData(all))}</li>`;
  };
});

/** @returns by point */
const valuesOf = ({ terms }: Wire["Component"], what: "residual" | "chain"): Map<number, number> =>
  new Map((terms ?? []).map((term) => [term.point, term[what].value ?? NaN]));

/**
 * What each point adds to the gradient, for the chart of the data.
 * @param parameter  the one in sight
 * @returns none where there are no data
 */
export function gradientShares({ gradient }: Wire["Step"], parameter: string, run: number): Shares | null {
  const ofParameter = gradient[parameter];
  if (!ofParameter.terms || !ofParameter.chain) return null;
  const how = ofParameter.chain.divisor === null ? (ofParameter.terms.length > 1 ? "sum " : "") : "mean ";
  const all = Object.entries(gradient).map(([name, parameterGradient]) => ({
    parameter: name,
    value: valuesOf(parameterGradient, "chain"),
  }));
  const [values, residuals] = [valuesOf(ofParameter, "chain"), valuesOf(ofParameter, "residual")];
  return { run, parameter, values, residuals, total: how + roundedText(ofParameter.clean), byParameter: all };
}
