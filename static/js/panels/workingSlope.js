/** The gradient in one parameter: of a formula with its numbers put in, of data a term for each point and what they make. */
import { createFormula } from "../views/formula.js";
import { measured } from "../math/format.js";
import { valueOf } from "../words/stepLines.js";
import { DIGITS, slopeFormula } from "../words/workingLatex.js";
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
    fitted: formula.root,
    /** @param {WireTerm} term */
    render(term) {
      setText(point, String(term.point + 1));
      formula.render(term.latex ?? "");
      setText(value, measured(valueOf(term), DIGITS));
    },
  };
}

/** @param {string} className */
function createTotal(className) {
  const how = h("span", { class: "term-sum" });
  const value = h("span", { class: "line-value", "data-of": className === "term total" ? "g" : null });
  return { root: h("p", { class: className }, how, value), how, value };
}

/** Whether the terms are added up or averaged. @param {WireTerm[]} terms @param {number} clean */
function isSum(terms, clean) {
  const sum = terms.reduce((total, { value }) => total + (value ?? NaN), 0);
  return Math.abs(sum - clean) <= 1e-9 * terms.reduce((total, { value }) => total + Math.abs(value ?? 0), 0);
}

/** @param {WireTerm[]} terms @param {number} clean @returns {string} */
function howTotalled(terms, clean) {
  if (terms.length === 1) return "of this point alone";
  return `${isSum(terms, clean) ? "sum" : "mean"} of ${terms.length} points`;
}

/** @param {Setter} set */
export function createSlope(set) {
  const line = createLine(set);
  const list = h("ol", { class: "terms", "aria-label": "What each point adds" });
  const more = h("button", { type: "button", class: "quiet", onclick: () => unfold() });
  const noise = createTotal("term noise");
  const total = createTotal("term total");
  const terms = h("li", { class: "working-terms" }, list, more, noise.root, total.root);
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

  /** @param {WireSlope} slope */
  function showTotal(slope) {
    noise.root.hidden = slope.noise === null;
    setText(noise.how, "noise");
    setText(noise.value, measured(slope.noise ?? 0, DIGITS));
    setText(total.how, `${all.length ? howTotalled(all, slope.clean) : ""}${slope.noise === null ? "" : " with the noise"}`);
    setText(total.value, measured(valueOf(slope), DIGITS));
  }

  return {
    roots: [line.root, terms],
    fitted: () => [...line.fitted, ...made.map(({ fitted }) => fitted)],
    /** @param {WireSlope} slope @param {string} parameter @param {Record<string, string>} names */
    render(slope, parameter, names) {
      const onData = slope.terms !== null;
      line.render({ of: "g", formula: slopeFormula(slope, parameter), numbers: onData ? null : slope.latex, value: valueOf(slope), names });
      terms.hidden = !onData;
      line.root.classList.toggle("has-terms", onData);
      all = slope.terms ?? [];
      show();
      showTotal(slope);
    },
  };
}
