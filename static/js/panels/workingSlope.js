/** The gradient in one parameter: of a formula with its numbers put in, of data a term for each point and their sum. */
import { createFormula } from "../views/formula.js";
import { measured } from "../math/format.js";
import { DIGITS, latexSlope } from "../words/workingLatex.js";
import { h, keyed, setText } from "../dom.js";
import { createLine } from "./workingLine.js";

/** @typedef {import("../net/katex.js").Setter} Setter */
/** @typedef {import("../net/step.js").WireSlope} WireSlope */
/** @typedef {import("../net/step.js").WireTerm} WireTerm */

/** More terms than these are shown only when asked for. */
const IN_SIGHT = 6;

/** @param {Setter} set */
function createTerm(set) {
  const formula = createFormula(set, "line-numbers");
  const point = h("span", { class: "term-point" });
  const value = h("span", { class: "line-value" });
  return {
    root: h("li", { class: "term" }, point, formula.root, value),
    fitted: [formula.root],
    /** @param {WireTerm} term */
    render(term) {
      setText(point, String(term.point + 1));
      formula.render(term.latex);
      setText(value, measured(term.value, DIGITS));
    },
  };
}

/** @param {string} parameter @param {string | null | undefined} formula */
const headOf = (parameter, formula) => `\\htmlData{of=g}{g} = ${latexSlope(parameter)}${formula ? ` = ${formula}` : ""}`;

/** @param {Setter} set */
export function createSlope(set) {
  const line = createLine(set);
  const list = h("ol", { class: "terms", "aria-label": "What each point adds" });
  const more = h("button", { type: "button", class: "quiet", onclick: () => unfold() });
  const sum = h("span", { class: "line-value", "data-of": "g" });
  const how = h("span", { class: "term-sum" });
  const terms = h("li", { class: "working-terms" }, list, more, h("p", { class: "term total" }, how, sum));
  /** @type {ReturnType<typeof createTerm>[]} */
  let made = [];
  const renderTerms = keyed(list, (/** @type {WireTerm} */ { point }) => String(point), () => {
    const term = createTerm(set);
    made.push(term);
    return term;
  });
  /** @type {WireTerm[]} */
  let all = [];
  let unfolded = false;

  function unfold() {
    unfolded = !unfolded;
    show();
  }

  function show() {
    renderTerms(unfolded ? all : all.slice(0, IN_SIGHT));
    made = made.filter(({ root }) => root.isConnected);
    more.hidden = all.length <= IN_SIGHT;
    setText(more, unfolded ? "Fewer points" : `All ${all.length} points`);
  }

  return {
    roots: [line.root, terms],
    fitted: () => [...line.fitted, ...made.flatMap(({ fitted }) => fitted)],
    /** @param {WireSlope} slope @param {string} parameter @param {Record<string, string>} names */
    render({ formula, latex, value, mean, terms: given }, parameter, names) {
      line.render({ of: "g", formula: headOf(parameter, formula), numbers: given ? null : (latex ?? null), value, names });
      terms.hidden = !given;
      line.root.classList.toggle("has-terms", Boolean(given));
      all = given ?? [];
      setText(how, all.length === 1 ? "of this point alone" : mean ? `mean of ${all.length} points` : `sum over ${all.length} points`);
      setText(sum, measured(value, DIGITS));
      show();
    },
  };
}
