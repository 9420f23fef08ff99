/** One line of a working: the formula, under it the numbers put in, and what comes of them. */
import { createFormula } from "../views/formula.js";
import { symbol } from "../words/symbol.js";
import { shownValue, valueParts } from "../words/workingLatex.js";
import { h, setAttribute, setText } from "../dom.js";

/** @typedef {import("../net/katex.js").Setter} Setter */
/** @typedef {import("../words/stepLines.js").RowText} RowText */

/** @typedef {Omit<import("../words/stepLines.js").LineText, "key">} LineText */

/** As many parameters as are ever worked out side by side. */
const ROWS = 2;

/** The numbers of one parameter. @param {Setter} set */
function createRow(set) {
  const parameter = h("i", { class: "row-parameter", hidden: true });
  const numbers = createFormula(set, "line-numbers");
  const [digits, raised] = [document.createTextNode(""), h("sup")];
  const value = h("span", {}, digits, raised);
  return {
    parts: [parameter, numbers.root, h("span", { class: "line-value" }, h("span", { class: "reader-only" }, "equals "), value)],
    fitted: numbers.root,
    /** @param {Omit<RowText, "parameter"> & {parameter?: string}} row @param {LineText} text */
    render(row, { of, names }) {
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

/** What a line is called where it is come to by key. @param {LineText} text @param {(RowText | LineText)[]} given */
const nameOf = ({ of }, given) => `${symbol(of)} equals ${given.map(({ value }) => shownValue(value)).join(" and ")}`;

/** @param {Setter} set */
export function createLine(set) {
  const formula = createFormula(set, "line-formula");
  const rows = Array.from({ length: ROWS }, () => createRow(set));
  const places = rows.map(({ parts }) => h("div", { class: "line-row" }, ...parts));
  const root = h("li", { class: "working-line", tabindex: -1 }, formula.root, ...places);
  return {
    root,
    /** Those that must fit their line. */
    fitted: [formula.root, ...rows.map(({ fitted }) => fitted)],
    /** @param {LineText} text */
    render(text) {
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
