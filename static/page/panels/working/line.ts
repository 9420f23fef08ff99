/** One line of a working: the formula, under it the numbers put in, and what comes of them. */
import { createFormula } from "../../views/formula.ts";
import { symbol } from "../../words/symbol.ts";
import { shownValue, valueParts } from "../../words/workingLatex.ts";
import { h, setAttribute, setText } from "../../dom.ts";
import type { Setter } from "../../service/katex.ts";
import type { RowText } from "../../words/stepLines.ts";

type LineText = Omit<import("../../words/stepLines.ts").LineText, "key">;

/** As many parameters as are ever worked out side by side. */
const ROWS = 2;

/** The numbers of one parameter. */
function createRow(set: Setter) {
  const parameter = h("i", { class: "row-parameter", hidden: true });
  const numbers = createFormula(set, "line-numbers");
  const [digits, raised] = [document.createTextNode(""), h("sup")];
  const value = h("span", {}, digits, raised);
  return {
    parts: [parameter, numbers.root, h("span", { class: "line-value" }, h("span", { class: "reader-only" }, "equals "), value)],
    fitted: numbers.root,
    render(row: Omit<RowText, "parameter"> & { parameter?: string }, { of, names }: LineText) {
      parameter.hidden = row.parameter === undefined;
      setText(parameter, row.parameter ?? "");
      numbers.root.hidden = row.numbers === null;
      if (row.numbers !== null) numbers.render(`= ${row.numbers}`, names);
      setAttribute(value, "data-of", of);
      const [text, power] = valueParts(row.value);
      setText(digits, text);
      setText(raised, power);
    },
  };
}

/** What a line is called where it is come to by key. */
const nameOf = ({ of }: LineText, given: (RowText | LineText)[]) => `${symbol(of)} equals ${given.map(({ value }) => shownValue(value)).join(" and ")}`;

export function createLine(set: Setter) {
  const formula = createFormula(set, "line-formula");
  const rows = Array.from({ length: ROWS }, () => createRow(set));
  const places = rows.map(({ parts }) => h("div", { class: "line-row" }, ...parts));
  const root = h("li", { class: "working-line", tabindex: -1 }, formula.root, ...places);
  return {
    root,
    /** Those that must fit their line. */
    fitted: [formula.root, ...rows.map(({ fitted }) => fitted)],
    render(text: LineText) {
      const given = text.rows ?? [text];
      setAttribute(root, "data-quantity", text.of);
      setAttribute(root, "aria-label", nameOf(text, given));
      formula.render(text.formula, text.names);
      places.forEach((place, k) => {
        place.hidden = k >= given.length;
        place.classList.toggle("of-several", text.rows !== undefined);
        if (!place.hidden) rows[k].render(given[k], text);
      });
    },
  };
}
