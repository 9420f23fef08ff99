/** A rule of one's own: any optimizer's text to begin with, and it runs as it is typed. */
import { createAnswers } from "../loading/answers.js";
import { formulaSetter } from "../net/katex.js";
import { getStep } from "../net/step.js";
import { settle } from "../state/actions.js";
import { fromSnake, labelOf } from "../state/catalog.js";
import { ownBeside, restartFrom, setLabel, setRule } from "../state/ownRule.js";
import { ruleOf } from "../state/rules.js";
import { runKey, specOf } from "../state/state.js";
import { createSelect } from "../controls/choice.js";
import { createFormula, fit } from "../views/formula.js";
import { stepLines } from "../words/stepLines.js";
import { h, keyed, setText } from "../dom.js";
import { chosenRun } from "./chosenRun.js";
import { createEditor } from "./ownRuleEditor.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").Entry} Entry */
/** @typedef {import("../state/types.js").Refusal} Refusal */
/** @typedef {import("../net/step.js").WireStep} WireStep */
/** @typedef {import("../words/stepLines.js").LineText} LineText */
/** @typedef {import("./explain.js").Ports} Ports */

/** Milliseconds without a key until the rule is run, and until it goes into the history. */
const PAUSE = 200;
const REST = 800;

/** Every rule there is to begin with. @param {State} state @returns {{name: string, label: string}[]} */
function beginnings({ catalog }) {
  return (catalog?.optimizers ?? []).flatMap(({ name, label, forms }) => (forms.length
    ? forms.map((form) => ({ name: `${name} ${form.name}`, label: form.name === "standard" ? label : `${label}: ${form.label}` }))
    : [{ name: `${name} standard`, label }]));
}

/**
 * @param {HTMLElement} root
 * @param {Ports} ports
 */
export async function createOwnRule(root, { store, now, invalidate }) {
  const set = await formulaSetter();
  if (!set) throw new Error("formulas cannot be set");
  const act = store.update;
  /** @type {ReturnType<typeof createAnswers<WireStep>>} */
  const answers = createAnswers({ kept: 8, now, onAnswer: invalidate });
  const editor = createEditor(typed, settled);
  const start = createSelect({ label: "Begin with the rule of", onChoose: begin });
  const name = h("input", { class: "value own-name", maxlength: 40, "aria-label": "Name of the rule", oninput: () => edited && act(setLabel, edited.id, name.value) });
  const named = h("label", { class: "own-label" }, h("span", {}, "Name "), name);
  const hint = h("p", { class: "note" });
  const wait = h("p", { class: "note" }, "Add a run to begin with.");
  const reading = h("ol", { class: "working-lines", "aria-label": "The rule as it is read" });
  const body = h("div", { class: "own" },
    h("div", { class: "own-writing" }, h("div", { class: "own-heads" }, h("label", {}, h("span", {}, "Begin with "), start.root), named), editor.root),
    h("div", { class: "own-reading" }, hint, reading));
  root.append(wait, body);
  /** @type {Entry | null} */
  let edited = null;
  let timer = 0;
  /** Values that names have had, so that a name typed anew finds its own. @type {Record<string, number>} */
  const remembered = {};
  const renderLines = keyed(reading, (/** @type {LineText} */ { key }) => key, () => {
    const formula = createFormula(set);
    return { root: h("li", { class: "own-line" }, formula.root), render: (/** @type {LineText} */ line) => formula.render(line.formula) };
  });

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

  /** @param {string} text */
  function typed(text) {
    clearTimeout(timer);
    timer = window.setTimeout(() => run(text), PAUSE);
  }

  /** @param {string} text */
  function run(text) {
    if (!edited) return;
    for (const [key, value] of Object.entries(edited.optimizer)) if (typeof value === "number") remembered[key] = value;
    if (edited.optimizer.rule === undefined) act(ownBeside, edited.id, text);
    else act(setRule, edited.id, text, true, remembered);
    timer = window.setTimeout(settled, REST);
  }

  function settled() {
    clearTimeout(timer);
    if (store.get().moving) act(settle);
  }

  /** @param {string} value  "adam deck" */
  function begin(value) {
    const [optimizer, form] = value.split(" ");
    const from = { name: optimizer, ...(form === "standard" ? {} : { form }) };
    if (!edited) return;
    if (edited.optimizer.rule === undefined) act(ownBeside, edited.id, ruleOf(store.get().catalog, from));
    else act(restartFrom, edited.id, from);
    editor.set("");
  }

  /** @param {State} state @param {Entry} entry */
  function read(state, entry) {
    const key = `${runKey(state, entry)} 1`;
    if (!state.moving) answers.wish({ key, ask: () => getStep(specOf(state, [entry]), 1) });
    const answer = answers.get(key);
    if (!answer || !("value" in answer)) return;
    renderLines(stepLines(answer.value, Object.keys(answer.value.gradient)[0]).map((line) => ({ ...line, names: {} })));
    fit([...reading.querySelectorAll(".set-formula")].map((line) => /** @type {HTMLElement} */ (line)));
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
      editor.render(`${edited.id} ${own}`, text, own ? wrongWith(state, edited) : null);
      start.set([...(own ? [{ name: "", label: fromSnake("your_own") }] : []), ...beginnings(state)], own ? "" : `${edited.optimizer.name} ${edited.optimizer.form ?? "standard"}`);
      named.hidden = !own;
      if (document.activeElement !== name) name.value = own ? labelOf(state.catalog, edited.optimizer) : "";
      setText(hint, own ? "Its hyperparameters stand with the run, each on its own slide rule." : "Change a line, and it runs as a rule of your own beside this one.");
      read(state, edited);
    },
  };
}
