/** A rule of one's own: any optimizer's text to begin with, and it runs as it is typed. */
import { createAnswers } from "../loading/answers.js";
import { formulaSetter } from "../net/katex.js";
import { getStep } from "../net/step.js";
import { settle } from "../state/actions.js";
import { fromSnake, labelOf } from "../state/catalog.js";
import { ownBeside, restartFrom, setLabel, setRule } from "../state/ownRule.js";
import { ruleOf } from "../state/rules.js";
import { runKey, specOf } from "../state/state.js";
import { createSample, createSelect } from "../controls/choice.js";
import { createFormula, fit } from "../views/formula.js";
import { stepLines } from "../words/stepLines.js";
import { h, keyed, setAttribute, setText } from "../dom.js";
import { chosenRun } from "./chosenRun.js";
import { createEditor } from "./ownRuleEditor.js";
import { createFacts } from "./ownRuleFacts.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").Entry} Entry */
/** @typedef {import("../state/types.js").Refusal} Refusal */
/** @typedef {import("../net/step.js").WireStep} WireStep */
/** @typedef {import("./drawer.js").DrawerPorts} DrawerPorts */

/** Milliseconds without a key until the rule is run, and until it goes into the history. */
const PAUSE = 200;
const REST = 800;

/** Every rule there is to begin with. @param {State} state @returns {{name: string, label: string}[]} */
function beginnings({ catalog }) {
  return (catalog?.optimizers ?? []).flatMap(({ name, label, forms }) => (forms.length
    ? forms.map((form) => ({ name: `${name} ${form.name}`, label: form.name === "standard" ? label : `${label}: ${form.label}` }))
    : [{ name: `${name} standard`, label }]));
}

/** Which lines of a text compute something. @param {string} text @returns {boolean[]} */
export const computing = (text) => text.split("\n").map((line) => /^\s*\w+\s*=/.test(line));

/** The lines as they are read, each beside its own. @param {import("../net/katex.js").Setter} set */
function createReading(set) {
  const root = h("ol", { class: "own-reading", "aria-label": "The rule as it is read" });
  const render = keyed(root, (/** @type {{key: string, latex: string}} */ { key }) => key, () => {
    const formula = createFormula(set, "", "text");
    return { root: h("li", { class: "own-line" }, formula.root), render: (/** @type {{latex: string}} */ { latex }) => formula.render(latex) };
  });
  /** @type {WireStep | null} */
  let shown = null;
  return {
    root,
    /** @param {WireStep} step @param {string} text */
    render(step, text) {
      if (step === shown) return;
      shown = step;
      const lines = stepLines(step, Object.keys(step.gradient)[0]).slice(-step.lines.length);
      let at = 0;
      render(computing(text).map((computes, k) => ({ key: String(k), latex: computes ? (lines[at++]?.formula ?? "") : "" })));
      fit([...root.querySelectorAll(".set-formula")].map((line) => /** @type {HTMLElement} */ (line)));
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {DrawerPorts} ports
 */
export async function createOwnRule(root, { store, now, invalidate }) {
  const set = await formulaSetter();
  if (!set) throw new Error("formulas cannot be set");
  const act = store.update;
  /** @type {ReturnType<typeof createAnswers<WireStep>>} */
  const answers = createAnswers({ kept: 8, now, onAnswer: invalidate });
  const reading = createReading(set);
  const editor = createEditor(typed, settled, reading.root);
  const facts = createFacts(act);
  const sample = createSample();
  const start = createSelect({ label: "Begin with the rule of", onChoose: begin });
  const name = h("input", { class: "value own-name", maxlength: 40, "aria-label": "Name of the rule", oninput: () => edited && act(setLabel, edited.id, name.value) });
  const named = h("label", { class: "own-label" }, sample.root, name);
  const hint = h("p", { class: "note own-hint" });
  const wait = h("p", { class: "note" }, "Add a run to begin with.");
  const body = h("div", { class: "own" }, h("div", { class: "own-heads" }, named, hint, h("label", {}, h("span", {}, "Begin with "), start.root)), editor.root, facts.root);
  root.append(wait, body);
  /** @type {Entry | null} */
  let edited = null;
  let timer = 0;
  /** Values that names have had, so that a name typed anew finds its own. @type {Record<string, number>} */
  const remembered = {};

  /** What was wrong with a text: the server is not asked for the same one twice. @type {Map<string, Refusal>} */
  const known = new Map();

  /** @param {State} state @param {Entry} entry @returns {Refusal | null} what is wrong with the rule that is being typed */
  function wrongWith({ fault, runs }, entry) {
    const text = entry.optimizer.rule ?? "";
    const key = runKey(store.get(), entry);
    if (runs[entry.id]?.key === key) return null;
    if (fault?.kind === "refused" && fault.entry === entry.id && fault.errors[0]) known.set(text, fault.errors[0]);
    return known.get(text) ?? null;
  }

  /** What has been typed and does not run yet. @type {string | null} */
  let pending = null;

  /** @param {string} text */
  function typed(text) {
    clearTimeout(timer);
    pending = text;
    timer = window.setTimeout(run, PAUSE);
  }

  function run() {
    clearTimeout(timer);
    if (!edited || pending === null) return;
    for (const [key, value] of Object.entries(edited.optimizer)) if (typeof value === "number") remembered[key] = value;
    if (edited.optimizer.rule === undefined) act(ownBeside, edited.id, pending);
    else act(setRule, edited.id, pending, true, remembered);
    pending = null;
    timer = window.setTimeout(settled, REST);
  }

  /** The hand has left the text: nothing of it is lost. */
  function settled() {
    run();
    clearTimeout(timer);
    if (store.get().moving) act(settle);
  }

  /** @param {string} value  "adam deck" */
  function begin(value) {
    const [optimizer, form] = value.split(" ");
    const from = { name: optimizer, ...(form === "standard" ? {} : { form }) };
    if (!edited) return;
    if (edited.optimizer.rule === undefined) act(ownBeside, edited.id);
    const { selected } = store.get();
    if (selected !== null) act(restartFrom, selected, from);
    editor.set("");
  }

  /** The last rule that could be read stays beside the text, paler. @param {State} state @param {Entry} entry @param {string} text @param {boolean} wrong */
  function read(state, entry, text, wrong) {
    const key = `${runKey(state, entry)} 1`;
    if (!state.moving && !wrong) answers.wish({ key, ask: () => getStep(specOf(state, [entry]), 1) });
    const answer = answers.get(key);
    if (answer && "value" in answer) reading.render(answer.value, text);
    setAttribute(reading.root, "data-late", wrong || !answer);
  }

  return {
    /** @param {State} state @param {Scene} scene */
    render(state, scene) {
      const index = chosenRun(scene);
      edited = index === null ? null : state.entries[index];
      wait.hidden = edited !== null;
      body.hidden = edited === null;
      if (!edited) return;
      const own = edited.optimizer.rule !== undefined;
      const text = ruleOf(state.catalog, edited.optimizer);
      const wrong = own ? wrongWith(state, edited) : null;
      setAttribute(body, "class", `own slot-${edited.slot}`);
      setAttribute(body, "data-own", own);
      sample.set(edited.slot);
      editor.render(`${edited.id} ${own}`, text, wrong);
      start.set([...(own ? [{ name: "", label: fromSnake("your_own") }] : []), ...beginnings(state)], own ? "" : `${edited.optimizer.name} ${edited.optimizer.form ?? "standard"}`);
      name.hidden = !own;
      if (document.activeElement !== name) name.value = own ? labelOf(state.catalog, edited.optimizer) : "";
      setText(hint, own ? "" : `The rule of ${labelOf(state.catalog, edited.optimizer)}. Change it, and it runs as a rule of your own beside this one.`);
      facts.render(state, edited, text);
      read(state, edited, text, wrong !== null);
    },
  };
}
