/** What an average remembers: of a run's gradients at the playhead, or of a year of temperatures by itself. */
import { setValue } from "../state/actions.js";
import { formulaSetter } from "../net/katex.js";
import { averaged } from "../math/average.js";
import { chosen } from "../math/format.js";
import { SHEETS } from "../math/palette.js";
import { createNumberField } from "../controls/numberField.js";
import { createRule } from "../controls/rule.js";
import { scaleOf } from "../controls/scales.js";
import { createWords } from "../controls/choice.js";
import { createFormula, fit } from "../views/formula.js";
import { createMemory } from "../views/average/chart.js";
import { memoryFormula, memoryNumbers, missingWords, windowWords } from "../words/memory.js";
import { h, setAttribute, setText } from "../dom.js";
import { createSources } from "./averageSources.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").Param} Param */
/** @typedef {import("../views/average/chart.js").Memory} Memory */
/** @typedef {import("./averageSources.js").Source} Source */
/** @typedef {import("./explain.js").Ports} Ports */
/** @typedef {import("./explain.js").Moment} Moment */

/** @type {Param} */
const BETA = { name: "beta", default: 0.9, min: 0, max: 0.9999, scale: "decay", help: "How much of the average is kept at each step." };
/** Steps in sight: so many windows, within bounds. */
const WINDOWS = 4;
const FEWEST = 24;
const MOST = 240;
/** The figures change this often while it plays, in milliseconds. */
const READABLE = 200;

/** @param {Source} source @param {number} beta @returns {[number, number]} */
function stepsInSight({ t, values, whole }, beta) {
  if (whole) return [1, values.length];
  const count = Math.min(MOST, Math.max(FEWEST, Math.ceil(WINDOWS / (1 - beta))));
  const from = Math.max(1, t - count + 1);
  return [from, Math.max(t, Math.min(from + count - 1, values.length))];
}

/** @param {Float64Array} averages @param {number} beta */
const corrected = (averages, beta) => averages.map((value, k) => value / (1 - beta ** (k + 1)));

/** @param {Source} source @param {number} beta @param {boolean} correcting @returns {Memory["lines"]} */
function linesOf({ values, sum, others }, beta, correcting) {
  const line = (/** @type {number} */ of, /** @type {boolean} */ mended, /** @type {number[]} */ dash, /** @type {boolean} */ faint) => {
    const plain = averaged(values, of, sum ? 1 : 1 - of);
    const name = others.length && !dash.length ? chosen(of) : "";
    return { values: mended ? corrected(plain, of) : plain, dash, faint, width: faint ? 1.2 : 2.2, name };
  };
  return [
    ...others.filter((other) => other !== beta).map((other) => line(other, correcting, [], true)),
    ...(correcting ? [line(beta, false, [5, 4], true)] : []),
    line(beta, correcting, [], false),
  ];
}

/**
 * @param {HTMLElement} root
 * @param {Ports} ports
 */
export async function createAverage(root, ports) {
  const { store, invalidate, seek } = ports;
  const set = await formulaSetter();
  if (!set) throw new Error("formulas cannot be set");
  /** A beta that was tried here, by source; else the run's own. @type {Map<string, number>} */
  const tried = new Map();
  let correcting = false;
  const sources = createSources(ports);
  const kinds = h("div", { class: "drawer-row" });
  const place = h("div", { class: "memory-canvas" });
  const formula = createFormula(set, "memory-formula", "text");
  const numbers = createFormula(set, "memory-formula line-numbers", "text");
  const window = h("p", {});
  const missing = h("p", {});
  const rule = createRule({ param: BETA, label: "beta", onInput: (value) => chooseBeta(value), onSettle: () => {} });
  const field = createNumberField({ label: "beta", check: (value) => (value >= 0 && value < 1 ? null : "beta: a number from 0 to below 1"), next: scaleOf(BETA).next, onCommit: (value) => value !== null && chooseBeta(value) });
  const adopt = h("button", { type: "button", class: "quiet strong", onclick: () => takeOver() });
  const box = h("input", { type: "checkbox", class: "tick", onchange: () => ((correcting = box.checked), invalidate()) });
  const correct = h("label", { class: "line" }, h("span", {}, "Bias-corrected"), box);
  const picks = h("div", { class: "words" });
  const wait = h("p", { class: "note" });
  const side = h("div", { class: "memory-words" }, h("div", { class: "param" }, h("span", { class: "param-name letter" }, "β"), rule.root, field.root), picks, adopt, correct, formula.root, numbers.root, window, missing);
  const body = h("div", { class: "memory" }, place, side);
  root.append(kinds, wait, body);
  const picture = createMemory(place, (t) => (shown?.whole ? sources.chooseDay(t) : seek(t - 1)));
  new ResizeObserver(invalidate).observe(place);
  /** @type {Source | null} */
  let shown = null;
  /** @type {ReturnType<typeof createWords<string>> | null} */
  let words = null;
  let named = "";
  /** @type {Memory | null} */
  let memory = null;
  let made = "";
  let writtenAt = -Infinity;

  /** @param {number} value */
  function chooseBeta(value) {
    if (shown) tried.set(shown.name, value);
    invalidate();
  }

  function takeOver() {
    if (!shown?.id || !shown.decay) return;
    store.update(setValue, shown.id, shown.decay, tried.get(shown.name), false);
    tried.delete(shown.name);
  }

  /** @param {{name: string, word: string}[]} options @param {string} chosen */
  function renderKinds(options, chosen) {
    const key = options.map(({ name, word }) => name + word).join();
    if (key !== named) {
      words = createWords({ label: "Average", options: options.map(({ name, word }) => [name, word]), onChoose: (name) => (sources.choose(name), invalidate()) });
      kinds.replaceChildren(words.root);
    }
    named = key;
    words?.set(chosen);
  }

  /** @param {number[]} betas @param {number} beta */
  function renderPicks(betas, beta) {
    if (picks.children.length !== betas.length) picks.replaceChildren(...betas.map((value) => h("button", { type: "button", class: "word", onclick: () => chooseBeta(value) }, chosen(value))));
    betas.forEach((value, k) => setAttribute(picks.children[k], "aria-pressed", String(value === beta)));
    picks.hidden = !betas.length;
  }

  /** @param {Source} source @param {number} beta @param {boolean} mended */
  function write(source, beta, mended) {
    const first = source.sum ? 1 : 1 - beta;
    const told = { ...source, name: source.latex, of: source.ofLatex, beta, first, averages: averaged(source.values, beta, first) };
    formula.render(memoryFormula(told));
    numbers.render(memoryNumbers(told));
    fit([formula.root, numbers.root]);
    setText(window, windowWords(told));
    setText(missing, missingWords(told, mended));
  }

  /** @param {Source} source @param {Scene} scene @param {number} beta @param {boolean} mended */
  function draw(source, { theme, projector }, beta, mended) {
    const key = [source.key, source.t, beta, mended, theme, projector, source.slot].join();
    if (key !== made || !memory) {
      const sheet = SHEETS[theme];
      memory = {
        values: source.values, lines: linesOf(source, beta, mended), bars: !source.whole, t: source.t, steps: stepsInSight(source, beta), beta,
        first: source.sum ? 1 : 1 - beta, sheet, colour: sheet.runs[source.slot], scale: projector ? 1.4 : 1,
      };
    }
    made = key;
    picture.render(memory);
  }

  return {
    /** @param {State} state @param {Scene} scene @param {Moment} moment */
    render(state, scene, { step, playing, time }) {
      const { options, source, sorry } = sources.now(state, scene, step);
      renderKinds(options, source?.name ?? options[0].name);
      body.hidden = !source;
      wait.hidden = source !== null;
      setText(wait, sorry);
      shown = source;
      if (!source) return;
      const beta = tried.get(source.name) ?? source.beta;
      const mended = source.whole ? correcting : source.corrected;
      correct.hidden = !source.whole;
      adopt.hidden = source.id === null || beta === source.beta;
      setText(adopt, `Set it in the run: ${source.decay} was ${source.beta}`);
      setAttribute(body, "class", `memory slot-${source.slot}`);
      rule.render({ value: beta, slot: source.slot, sweep: undefined, catchingUp: false, ceiling: Infinity });
      field.set(beta);
      renderPicks(source.others, beta);
      draw(source, scene, beta, mended);
      if (playing && !source.whole && time - writtenAt < READABLE) return;
      writtenAt = time;
      write(source, beta, mended);
    },
  };
}
