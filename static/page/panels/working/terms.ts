/**
 * The gradient of a line fit as a textbook has it: the residual of each point, the chain rule in symbols, what each
 * point adds by it, and what all of them make. The two rows of a point light up with it.
 */
import { createFormula } from "../../views/formula.ts";
import { valueOf } from "../../words/stepLines.ts";
import { shownValue } from "../../words/workingLatex.ts";
import { batchWords, chainLatex, totalsOf, withDataIn } from "../../words/terms.ts";
import { h, keyed, setAttribute, setText } from "../../dom.ts";
import { pointQuantity } from "../../figure/highlight.ts";
import type { Setter } from "../../service/katex.ts";
import type { Filled, WireChain, WireGradient, WireStep, WireTerm } from "../../service/step.ts";
import type { Total } from "../../words/terms.ts";

/** latex: marked, so that digits can change in place */
type RowText = { point: number; latex: string; value: string };

/** More points than these are shown only when asked for. */
const IN_SIGHT = 6;

function createRow(set: Setter) {
  const formula = createFormula(set, "line-numbers");
  const point = h("span", { class: "term-point" });
  const value = h("span", { class: "line-value" });
  const root = h("li", { class: "term", tabindex: -1 }, point, formula.root, value);
  return {
    root,
    fitted: formula.root,
    render(text: RowText) {
      setAttribute(root, "data-of", pointQuantity(text.point));
      setText(point, String(text.point + 1));
      formula.render(text.latex);
      setText(value, text.value);
    },
  };
}

/** The arrow keys go from row to row; the list is one stop of the tabulator. */
function walk(event: KeyboardEvent, list: HTMLElement) {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const rows = [...list.children];
  const at = rows.indexOf(document.activeElement as Element);
  const next = move && at >= 0 ? rows[at + move] : null;
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  rows.forEach((row) => setAttribute(row, "tabindex", row === next ? 0 : -1));
  next.focus();
}

/** Rows for some of the points: in place while their numbers change, whichever points they are of. */
function createRows(set: Setter, label: string) {
  const root = h("ol", { class: "terms", "aria-label": label, onkeydown: (event: KeyboardEvent) => walk(event, root) });
  let made: ReturnType<typeof createRow>[] = [];
  let count = 0;
  const render = keyed(root, ({ place }: RowText & { place: number }) => String(place), () => {
    const row = createRow(set);
    made.push(row);
    return row;
  });
  return {
    root,
    fitted: () => made.map(({ fitted }) => fitted),
    render(texts: RowText[]) {
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
  const render = keyed(root, ({ words }: Total & { text: string }) => words, () => {
    const [how, value] = [h("span", { class: "term-sum" }), h("span")];
    const line = h("li", { class: "term" }, how, h("span", { class: "line-value" }, value));
    return {
      root: line,
      render({ words, text, last }: Total & { text: string }) {
        how.replaceChildren(...(last ? [h("i", { "data-of": "g" }, "g"), ` = ${words}`] : [words]));
        setText(value, text);
        setAttribute(value, "data-of", last && "g");
        line.classList.toggle("total", last);
      },
    };
  });
  return { root, render };
}

function createDataPutIn(set: Setter) {
  const list = h("ol", { class: "put-in" });
  const root = h("details", { class: "points" }, h("summary", {}, "With the data put in"), list);
  const render = keyed(list, ({ key }: { key: string; latex: string }) => key, () => {
    const formula = createFormula(set, "line-numbers");
    const line = h("li", {}, formula.root);
    return { root: line, render: ({ latex }: { latex: string }) => formula.render(latex) };
  });
  return {
    root,
    fitted: () => [...list.querySelectorAll("li > .set-formula")].map((line) => line as HTMLElement),
    render(lines: string[]) {
      root.hidden = !lines.length;
      render(lines.map((latex, k) => ({ key: String(k), latex: k && !latex.startsWith("-") ? `+${latex}` : latex })));
    },
  };
}

/** The points in sight: the first ones, and among them the one that is highlighted. */
export function inSight<T extends { point: number }>(all: T[], unfolded: boolean, highlighted: number | null): T[] {
  if (unfolded || all.length <= IN_SIGHT) return all;
  const first = all.slice(0, IN_SIGHT);
  const sought = all.find(({ point }) => point === highlighted);
  return !sought || first.includes(sought) ? first : [...first.slice(0, -1), sought];
}

function rowTexts(terms: WireTerm[], pick: (term: WireTerm) => Filled): RowText[] {
  return terms.map((term) => ({ point: term.point, latex: pick(term).latex ?? "", value: shownValue(valueOf(pick(term))) }));
}

export function createTerms(set: Setter) {
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
  let shown: (WireGradient & { terms: WireTerm[]; chain: WireChain }) | null = null;
  let unfolded = false;
  let highlighted: number | null = null;

  function unfold() {
    unfolded = !unfolded;
    show();
  }

  function show() {
    if (!shown) return;
    const terms = inSight(shown.terms, unfolded, highlighted);
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
    /** Bring the rows of a point into sight. */
    reveal(point: number | null) {
      const away = point !== highlighted && shown && !unfolded && shown.terms.length > IN_SIGHT;
      highlighted = point;
      if (away) show();
    },
    render(step: WireStep, parameter: string) {
      const ofParameter = step.gradient[parameter];
      if (!ofParameter.terms || !ofParameter.chain) return;
      shown = { ...ofParameter, terms: ofParameter.terms, chain: ofParameter.chain };
      const latex = chainLatex(ofParameter.chain);
      definition.render(latex.residual);
      loss.root.hidden = latex.loss === null;
      loss.render(latex.loss ?? "");
      rule.render(latex.rule);
      product.root.hidden = latex.product === null;
      product.render(latex.product ?? "");
      setText(batch, batchWords(step, ofParameter.terms));
      putIn.render(withDataIn(ofParameter.terms));
      show();
    },
  };
}
