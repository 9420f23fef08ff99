/** One line of a working: the formula, under it the numbers put in, and what comes of them. */
import { html, nothing } from "lit-html";
import { symbol } from "../../math/text.ts";
import { roundedText, valueParts } from "../../words/latexValue.ts";
import type { LineText, RowText } from "../../words/stepLines.ts";
import { asWritten } from "../../words/symbol.ts";
import type { Formulas } from "./formulas.ts";

type LineContent = Omit<LineText, "key">;

/** The numbers of one parameter, which is named where there are several. */
function row(formula: Formulas, { quantity, names, rows }: LineContent, content: RowText | LineContent) {
  const [digits, power] = valueParts(content.value);
  const parameter =
    "parameter" in content ? html`<i class="row-parameter">${asWritten(content.parameter)}</i>` : nothing;
  const value = html`<span data-of=${quantity}>${digits}<sup>${power}</sup></span>`;
  return html`<div class="line-row ${rows ? "of-several" : ""}">${parameter}${
    content.numbers === null ? nothing : formula(`= ${content.numbers}`, "line-numbers", names)
  }<span
    class="line-value"><span class="reader-only">equals </span>${value}</span></div>`;
}

/**
 * The numbers put in, and what comes of them: of a method beside each other where matrices leave room, else below.
 */
function numbersAndResult(formula: Formulas, text: LineContent) {
  const { numbers, names, result } = text;
  if (!result) return (text.rows ?? [text]).map((rowText) => row(formula, text, rowText));
  return html`<div class="line-row">${
    numbers === null ? nothing : formula(`= ${numbers}`, "line-numbers", names)
  }${formula(`= ${result.latex}`, "line-result")}</div>`;
}

/** @param is  result: the step is taken by it; stop: the tabulator comes to it */
export function workingLine(formula: Formulas, text: LineContent, is: { result?: boolean; stop?: boolean } = {}) {
  const values = (text.rows ?? [text]).map(({ value }) => roundedText(value)).join(" and ");
  const name = `${symbol(text.quantity)} equals ${text.result?.words ?? values}`;
  return html`<li class=${text.result ? "working-line of-method" : "working-line"} tabindex=${is.stop ? 0 : -1}
    data-quantity=${text.quantity} aria-label=${name}
    ?data-result=${is.result}>${formula(text.formula, "line-formula", text.names)}${numbersAndResult(
      formula,
      text,
    )}</li>`;
}
