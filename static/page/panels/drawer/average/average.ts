/** What an average remembers: of a run's gradients at the playhead, or of a year of temperatures by itself. */
import { setValue } from "../../../state/actions.ts";
import { explain } from "../../../state/explain.ts";
import { formulaSetter } from "../../../service/katex.ts";
import { averaged, DAYS } from "../../../math/average.ts";
import { chosen } from "../../../math/format.ts";
import { scaleOf } from "../../../controls/scales.ts";
import { createFormula, fit, keepHeight, releaseHeight } from "../../../views/formula.ts";
import { createMemory } from "../../../views/average/chart.ts";
import { memoryFormula, memoryNumbers, missingWords, windowWords } from "../../../words/memory.ts";
import { symbol } from "../../../words/symbol.ts";
import { watchSize } from "../../../figure/ending.ts";
import { h, setAttribute, setText } from "../../../dom.ts";
import { sizeOf } from "../../../size.ts";
import { linesOf, memoryOf } from "./chart.ts";
import { createSources } from "./sources.ts";
import { READABLE } from "../../../figure/readable.ts";
import { createNumberField, createSlider, createWords } from "../../../controls/byHand.ts";
import type { Explain, Param, Scene } from "../../../state/types.ts";
import type { Memory } from "../../../views/average/plot.ts";
import type { Source } from "./sources.ts";
import type { DrawerPorts } from "../drawer.ts";
import type { Frame } from "../../../figure/part.ts";
import type { Setter } from "../../../service/katex.ts";

const BETA: Param = { name: "beta", default: 0.9, min: 0, max: 0.9999, scale: "decay", help: "How much of the average is kept at each step." };
/** What to try it with. */
const TRIED = [0.5, 0.9, 0.98];

/** What it can be set to: beta, and whether the start at 0 is made up for. */
function createControls(change: (change: Partial<Explain>) => void, onAdopt: () => void) {
  const choose = (beta: number) => change({ beta });
  const slider = createSlider({ param: BETA, label: "beta", onInput: choose, onSettle: () => {} });
  const field = createNumberField({ label: "beta", range: { least: 0, below: 1 }, next: scaleOf(BETA).next, onCommit: (value) => value !== null && choose(value) });
  const day = createNumberField({ label: "day", range: { whole: true, least: 1, most: DAYS }, next: (value, direction, far) => Math.min(DAYS, Math.max(1, value + direction * (far ? 30 : 1))), onCommit: (value) => value !== null && change({ day: value }) });
  const days = h("label", { class: "line" }, h("span", {}, "day"), day.root);
  const picks = TRIED.map((value) => h("button", { type: "button", class: "word", onclick: () => choose(value) }, chosen(value)));
  const mend = createWords({ label: "Correction", options: [["plain", "as it is"], ["corrected", "bias-corrected"]], onChoose: (value) => change({ corrected: value === "corrected" }) });
  const adopt = h("button", { type: "button", class: "quiet strong", onclick: onAdopt });
  const back = h("button", { type: "button", class: "quiet", onclick: () => change({ beta: null, corrected: null }) }, "Back to its own");
  return {
    roots: [h("div", { class: "param" }, h("span", { class: "param-name letter" }, "β"), slider.root, field.root), h("div", { class: "memory-choices" }, h("div", { class: "words" }, ...picks), back), mend.root, h("div", { class: "memory-choices" }, adopt, days)],
    render(source: Source, beta: number, corrected: boolean) {
      const { owner } = source;
      slider.set({ value: beta, slot: source.slot });
      field.set(beta);
      day.set(source.t);
      days.hidden = !source.whole;
      picks.forEach((pick, k) => setAttribute(pick, "aria-pressed", String(TRIED[k] === beta)));
      mend.set(corrected ? "corrected" : "plain");
      mend.root.hidden = source.sum;
      adopt.hidden = owner === null || beta === source.beta;
      if (owner) setText(adopt, `Set ${symbol(owner.decay)} = ${chosen(beta)} in the run`);
      setAttribute(back, "aria-disabled", String(beta === source.beta && corrected === source.corrected));
    },
  };
}

/** Which average: one of the rule, or the temperatures. */
function createKinds(root: HTMLElement, onChoose: (average: string) => void) {
  let words: ReturnType<typeof createWords<string>> | null = null;
  let named = "";
  return (options: { name: string; word: string }[], chosenName: string) => {
    const key = options.map(({ name }) => name).join();
    if (key !== named) {
      words = createWords({ label: "Average", options: options.map(({ name, word }) => [name, word]), onChoose });
      root.replaceChildren(words.root);
    }
    named = key;
    words?.set(chosenName);
  };
}

/** The formula, the same with numbers, and what to see in it. @param place  of the picture */
function createWording(set: Setter, place: HTMLElement) {
  const formula = createFormula(set, "memory-formula", "text");
  const numbers = createFormula(set, "memory-formula line-numbers", "text");
  const missing = h("p", {});
  const formulas = h("div", { class: "memory-formulas" }, formula.root, numbers.root);
  let kind = "";
  return {
    formulas,
    words: [missing],
    render(source: Source, beta: number, corrected: boolean) {
      const first = source.sum ? 1 : 1 - beta;
      const average = { ...source, name: source.latex, of: source.ofLatex, beta, first, corrected, averages: averaged(source.values, beta, first) };
      formula.render(memoryFormula(average));
      numbers.render(memoryNumbers(average));
      fit([formula.root, numbers.root]);
      const now = [source.key, beta, corrected, sizeOf(place).width].join();
      if (now !== kind) releaseHeight([formulas]);
      kind = now;
      keepHeight([formulas]);
      const words = missingWords(average);
      setText(missing, words);
      setAttribute(place, "aria-label", `${source.title}. ${windowWords(average)} ${words}`);
    },
  };
}

export async function createAverage(root: HTMLElement, { store, invalidate, seek, quantities, aside, ended }: DrawerPorts) {
  const set = await formulaSetter();
  if (!set) throw new Error("formulas cannot be set");
  const change = (given: Partial<Explain>) => store.update(explain, given);
  const sources = createSources(quantities);
  const controls = createControls(change, adopt);
  const place = h("div", { class: "memory-canvas", role: "img" });
  const wording = createWording(set, place);
  const renderKinds = createKinds(aside, (average) => change({ average, beta: null, corrected: null }));
  const wait = h("p", { class: "note" });
  const body = h("div", { class: "memory" }, h("div", { class: "memory-side" }, ...controls.roots, ...wording.words), h("div", { class: "memory-main" }, place, wording.formulas));
  root.append(wait, body);
  const picture = createMemory(place, (t) => (shown?.whole ? change({ day: t }) : seek(t - 1)));
  watchSize(place, invalidate, ended);
  let shown: Source | null = null;
  let lines: Memory["lines"] = [];
  let linedFor = "";
  let writtenAt = -Infinity;

  function adopt() {
    const { beta } = store.get().explain;
    if (!shown?.owner || beta === null) return;
    store.update(setValue, shown.owner.id, shown.owner.decay, beta, false);
    change({ beta: null });
  }

  function draw(source: Source, scene: Scene, beta: number, corrected: boolean) {
    const lined = [source.key, beta, corrected].join();
    if (lined !== linedFor) lines = linesOf(source, beta, corrected);
    linedFor = lined;
    picture.render(memoryOf(source, scene, beta, corrected, lines));
  }

  return {
    chartExports: picture.chartExports,
    apart: () => Boolean(shown?.whole),
    render({ state, scene, step, playing, time }: Frame) {
      const { options, source, sorry } = sources.now(state, scene, step);
      renderKinds(options, source?.name ?? options[0].name);
      body.hidden = !source;
      wait.hidden = source !== null;
      setText(wait, sorry);
      shown = source;
      if (!source) return;
      const beta = state.explain.beta ?? source.beta;
      const corrected = !source.sum && (state.explain.corrected ?? source.corrected);
      controls.render(source, beta, corrected);
      setAttribute(body, "class", `memory slot-${source.slot}`);
      draw(source, scene, beta, corrected);
      if (playing && !source.whole && time - writtenAt < READABLE) return;
      writtenAt = time;
      wording.render(source, beta, corrected);
    },
  };
}
