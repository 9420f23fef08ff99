/** One line of a working: the formula, under it the numbers put in, and what comes of them. */
import { createFormula } from "../views/formula.js";
import { measured } from "../math/format.js";
import { DIGITS } from "../words/workingLatex.js";
import { h, setAttribute, setText } from "../dom.js";

/** @typedef {import("../net/katex.js").Setter} Setter */

/** @typedef {Omit<import("../words/stepLines.js").LineText, "key">} LineText */

/** @param {Setter} set */
export function createLine(set) {
  const formula = createFormula(set, "line-formula");
  const numbers = createFormula(set, "line-numbers");
  const value = h("span");
  const root = h("li", { class: "working-line", tabindex: -1 }, formula.root, numbers.root, h("span", { class: "line-value" }, value));
  return {
    root,
    /** Those that must fit their line. */
    fitted: [formula.root, numbers.root],
    /** @param {LineText} text */
    render(text) {
      setAttribute(root, "data-quantity", text.of);
      setAttribute(value, "data-of", text.of);
      formula.render(text.formula, text.names);
      numbers.root.hidden = text.numbers === null;
      if (text.numbers !== null) numbers.render(`= ${text.numbers}`, text.names);
      setText(value, measured(text.value, DIGITS));
    },
  };
}
