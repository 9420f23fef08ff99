/**
 * The gradient of a line fit as a textbook has it: the residual of each point, the chain rule in symbols, what each
 * point adds by it, and what all of them make. The two rows of a point light up with it.
 */
import { createFormula } from "../views/formula.js";
import { valueOf } from "../words/stepLines.js";
import { shownValue } from "../words/workingLatex.js";
import { batchWords, chainLatex, totalsOf, withDataIn } from "../words/terms.js";
import { h, keyed, setAttribute, setText } from "../dom.js";
import { pointLight } from "./lights.js";

/** @typedef {import("../net/katex.js").Setter} Setter */
/** @typedef {import("../net/step.js").Filled} Filled */
/** @typedef {import("../net/step.js").WireStep} WireStep */
/** @typedef {import("../net/step.js").WireTerm} WireTerm */
/** @typedef {import("../net/step.js").WireSlope} WireSlope */
/** @typedef {{point: number, latex: string, value: string}} RowText  latex: marked, so that digits can change in place */

/** More points than these are shown only when asked for. */
const IN_SIGHT = 6;

/** @param {Setter} set */
function createRow(set) {
  const formula = createFormula(set, "line-numbers");
  const point = h("span", { class: "term-point" });
  const value = h("span", { class: "line-value" });
  const root = h("li", { class: "term", tabindex: -1 }, point, formula.root, value);
  return {
    root,
    fitted: formula.root,
    /** @param {RowText} text */
    render(text) {
      setAttribute(root, "data-of", pointLight(text.point));
      setText(point, String(text.point + 1));
      formula.render(text.latex);
      setText(value, text.value);
    },
  };
}

/** The arrow keys go from row to row; the list is one stop of the tabulator. @param {KeyboardEvent} event @param {HTMLElement} list */
function walk(event, list) {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const rows = [...list.children];
  const at = rows.indexOf(/** @type {Element} */ (document.activeElement));
  const next = move && at >= 0 ? rows[at + move] : null;
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  rows.forEach((row) => setAttribute(row, "tabindex", row === next ? 0 : -1));
  next.focus();
}

/**
 * Rows for some of the points: in place while their numbers change, whichever points they are of.
 * @param {Setter} set @param {string} label
 */
function createRows(set, label) {
  const root = h("ol", { class: "terms", "aria-label": label, onkeydown: (/** @type {KeyboardEvent} */ event) => walk(event, root) });
  /** @type {ReturnType<typeof createRow>[]} */
  let made = [];
  let count = 0;
  const render = keyed(root, (/** @type {RowText & {place: number}} */ { place }) => String(place), () => {
    const row = createRow(set);
    made.push(row);
    return row;
  });
  return {
    root,
    fitted: () => made.map(({ fitted }) => fitted),
    /** @param {RowText[]} texts */
    render(texts) {
      render(texts.map((text, place) => ({ ...text, place })));
      if (texts.length !== count) made = made.filter((row) => row.root.isConnected);
      count = texts.length;
      if (!root.querySelector("[tabindex='0']")) root.firstElementChild?.setAttribute("tabindex", "0");
    },
  };
}

/** What the points make, a line each. */
function createTotals() {
  const root = h("ul", { class: "terms totals", "aria-label": "What the points make together" });
  const render = keyed(root, (/** @type {import("../words/terms.js").Total & {text: string}} */ { words }) => words, () => {
    const [how, value] = [h("span", { class: "term-sum" }), h("span")];
    const line = h("li", { class: "term" }, how, h("span", { class: "line-value" }, value));
    return {
      root: line,
      /** @param {import("../words/terms.js").Total & {text: string}} total */
      render({ words, text, last }) {
        how.replaceChildren(...(last ? [h("i", { "data-of": "g" }, "g"), ` = ${words}`] : [words]));
        setText(value, text);
        setAttribute(value, "data-of", last && "g");
        line.classList.toggle("total", last);
      },
    };
  });
  return { root, render };
}

/** @param {Setter} set */
function createDataPutIn(set) {
  const list = h("ol", { class: "put-in" });
  const root = h("details", { class: "points" }, h("summary", {}, "With the data put in"), list);
  const render = keyed(list, (/** @type {{key: string, latex: string}} */ { key }) => key, () => {
    const formula = createFormula(set, "line-numbers");
    const line = h("li", {}, formula.root);
    return { root: line, render: (/** @type {{latex: string}} */ { latex }) => formula.render(latex) };
  });
  return {
    root,
    fitted: () => [...list.querySelectorAll("li > .set-formula")].map((line) => /** @type {HTMLElement} */ (line)),
    /** @param {string[]} lines */
    render(lines) {
      root.hidden = !lines.length;
      render(lines.map((latex, k) => ({ key: String(k), latex: k && !latex.startsWith("-") ? `+${latex}` : latex })));
    },
  };
}

/**
 * The points in sight: the first ones, and among them the one that is lit.
 * @template {{point: number}} T
 * @param {T[]} all @param {boolean} unfolded @param {number | null} lit @returns {T[]}
 */
export function inSight(all, unfolded, lit) {
  if (unfolded || all.length <= IN_SIGHT) return all;
  const first = all.slice(0, IN_SIGHT);
  const sought = all.find(({ point }) => point === lit);
  return !sought || first.includes(sought) ? first : [...first.slice(0, -1), sought];
}

/** @param {WireTerm[]} terms @param {(term: WireTerm) => Filled} pick @returns {RowText[]} */
function rowTexts(terms, pick) {
  return terms.map((term) => ({ point: term.point, latex: pick(term).latex ?? "", value: shownValue(valueOf(pick(term))) }));
}

/** @param {Setter} set */
export function createTerms(set) {
  const [definition, loss, rule, product] = [0, 1, 2, 3].map(() => createFormula(set, "line-formula"));
  const residuals = createRows(set, "Residual of each point");
  const shares = createRows(set, "What each point adds");
  const totals = createTotals();
  const putIn = createDataPutIn(set);
  const batch = h("p", { class: "note batch-words" });
  const more = h("button", { type: "button", class: "quiet", "aria-expanded": "false", onclick: () => unfold() });
  const head = h("div", { class: "chain-head" }, loss.root, definition.root, batch);
  const chain = h("div", { class: "working-line chain-rule", tabindex: 0, "data-quantity": "g" }, rule.root, product.root);
  const parts = h("div", { class: "chain-parts" }, head, residuals.root, chain, h("div", {}, shares.root, totals.root));
  const root = h("li", { class: "chain" }, parts, more, putIn.root);
  /** @type {(WireSlope & {terms: WireTerm[], chain: import("../net/step.js").WireChain}) | null} */
  let shown = null;
  let unfolded = false;
  /** @type {number | null} */
  let lit = null;

  function unfold() {
    unfolded = !unfolded;
    show();
  }

  function show() {
    if (!shown) return;
    const terms = inSight(shown.terms, unfolded, lit);
    residuals.render(rowTexts(terms, ({ residual }) => residual));
    shares.render(rowTexts(terms, (term) => term.chain));
    totals.render(totalsOf(shown).map((total) => ({ ...total, text: shownValue(total.value) })));
    more.hidden = shown.terms.length <= IN_SIGHT;
    setAttribute(more, "aria-expanded", String(unfolded));
    setText(more, unfolded ? "Fewer points" : `All ${shown.terms.length} points`);
  }

  return {
    root,
    fitted: () => [definition, loss, rule, product].map((formula) => formula.root).concat(residuals.fitted(), shares.fitted(), putIn.fitted()),
    /** Bring the rows of a point into sight. @param {number | null} point */
    reveal(point) {
      const away = point !== lit && shown && !unfolded && shown.terms.length > IN_SIGHT;
      lit = point;
      if (away) show();
    },
    /** @param {WireStep} step @param {string} parameter */
    render(step, parameter) {
      const slope = step.gradient[parameter];
      if (!slope.terms || !slope.chain) return;
      shown = { ...slope, terms: slope.terms, chain: slope.chain };
      const latex = chainLatex(slope.chain);
      definition.render(latex.residual);
      loss.root.hidden = latex.loss === null;
      loss.render(latex.loss ?? "");
      rule.render(latex.rule);
      product.root.hidden = latex.product === null;
      product.render(latex.product ?? "");
      setText(batch, batchWords(step, slope.terms));
      putIn.render(withDataIn(slope.terms));
      show();
    },
  };
}
