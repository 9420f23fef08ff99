/** The state charts of one run: fetched once it rests, drawn along with the playhead. */
import { createAnswers } from "../loading/answers.js";
import { formulaSetter } from "../net/katex.js";
import { getQuantities } from "../net/quantities.js";
import { runKey, specOf } from "../state/state.js";
import { createWords } from "../controls/choice.js";
import { createStates } from "../views/states/index.js";
import { groupsOf } from "../views/states/series.js";
import { nextStep } from "../words/nextStep.js";
import { h, setAttribute, setText } from "../dom.js";
import { chosenRun } from "./chosenRun.js";
import { listen, shine } from "./lights.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").Run} Run */
/** @typedef {import("../net/quantities.js").WireQuantities} WireQuantities */
/** @typedef {import("../views/states/series.js").Group} Group */
/** @typedef {import("./explain.js").Ports} Ports */
/** @typedef {import("./explain.js").Moment} Moment */
/** @typedef {"all" | "first"} Span */

/** Runs whose columns are kept. */
const KEPT = 12;
/** The first steps: where averages that start at 0 are corrected most. */
const FIRST = 40;
/** While it plays the figures change this often, in milliseconds. */
const READABLE = 120;

/**
 * @param {HTMLElement} root
 * @param {Ports} ports
 */
export async function createCharts(root, { now, invalidate, seek, lights }) {
  const set = await formulaSetter();
  if (!set) throw new Error("formulas cannot be set");
  /** @type {ReturnType<typeof createAnswers<WireQuantities>>} */
  const answers = createAnswers({ kept: KEPT, now, onAnswer: invalidate });
  /** @type {Span} */
  let span = "all";
  const spans = createWords({ label: "Steps in sight", options: [["all", "all steps"], ["first", `first ${FIRST}`]], onChoose: (/** @type {Span} */ value) => { span = value; invalidate(); } });
  const wait = h("p", { class: "note" });
  const figures = h("div", { class: "states" });
  root.append(h("div", { class: "drawer-row" }, spans.root), wait, figures);
  listen(figures, lights);
  const states = createStates(figures, set, { onSeek: (step) => seek(Math.max(0, step - 1)), onPoint: lights.set });
  /** @type {{wire: WireQuantities, run: Run, of: string, groups: Group[]} | null} */
  let shown = null;
  let writtenAt = -Infinity;
  let shining = "";
  new ResizeObserver(invalidate).observe(figures);

  /** @param {WireQuantities} wire @param {Run} run @param {string[]} names @param {number} parameter */
  function groups(wire, run, names, parameter) {
    const of = `${names.join()} ${parameter}`;
    const same = shown?.wire === wire && shown.of === of && shown.run.columns.gradient === run.columns.gradient;
    if (!same) shown = { wire, run, of, groups: groupsOf(wire, run, names, parameter) };
    return /** @type {NonNullable<typeof shown>} */ (shown).groups;
  }

  /** @param {string} parameter @param {WireQuantities} wire */
  function relight(parameter, wire) {
    const wanted = `${lights.lit()} ${parameter} ${Object.keys(wire.latex).join()}`;
    if (wanted !== shining) shine(figures, lights.lit(), parameter);
    shining = wanted;
  }

  return {
    /** @param {State} state @param {Scene} scene @param {Moment} moment */
    render(state, scene, { step, playing, time }) {
      spans.set(span);
      const index = chosenRun(scene);
      const run = index === null ? null : scene.runs[index];
      const next = run && nextStep(run, step);
      wait.hidden = Boolean(shown && next);
      if (index === null || !run || !next) return setText(wait, run ? "The first steps are on their way." : "Add a run to see what its rule holds.");
      const entry = state.entries[index];
      const key = runKey(state, entry);
      if (!state.moving && run.end) answers.wish({ key, ask: () => getQuantities(specOf(state, [entry])) });
      const answer = answers.get(key);
      const wire = answer && "value" in answer ? answer.value : shown?.wire;
      wait.hidden = Boolean(wire) && !(answer && "refused" in answer);
      setText(wait, answer && "refused" in answer ? answer.refused : answers.silent() ? "The server does not answer." : "Fetching what the rule holds.");
      setAttribute(figures, "class", `states slot-${run.slot}${answer ? "" : " is-late"}`);
      if (!wire || !(scene.problem.parameters[0] in (Object.values(wire.states)[0] ?? wire.rate?.values ?? {}))) return;
      const names = scene.problem.parameters;
      const parameter = Math.min(state.explain.parameter, names.length - 1);
      const fresh = !playing || time - writtenAt > READABLE;
      if (fresh) writtenAt = time;
      const steps = /** @type {[number, number]} */ ([0, span === "first" ? Math.min(FIRST, run.length - 1) : run.length - 1]);
      const at = Math.min(step + 1, run.length - 1);
      states.render(groups(wire, run, names, parameter), { steps, theme: scene.theme, slot: run.slot, scale: scene.projector ? 1.4 : 1 }, { at, lit: lights.lit(), fresh });
      relight(names[parameter], wire);
    },
  };
}
