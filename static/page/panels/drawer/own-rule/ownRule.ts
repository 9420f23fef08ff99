/** A rule of one's own: any optimizer's text to begin with, and it runs as it is typed. */
import { createAnswers } from "../../../figure/loading/answers.ts";
import { formulaSetter } from "../../../service/katex.ts";
import { getStep } from "../../../service/step.ts";
import { settle } from "../../../state/actions.ts";
import { fromSnake, labelOf } from "../../../state/catalog.ts";
import { ownBeside, restartFrom, setLabel, setRule } from "../../../state/ownRule.ts";
import { ruleOf } from "../../../state/rules.ts";
import { runKey, specOf } from "../../../state/state.ts";
import { createFormula, fit } from "../../../views/formula.ts";
import { stepLines } from "../../../words/stepLines.ts";
import { h, keyed, setAttribute, setText } from "../../../dom.ts";
import { chosenRun } from "../../shared/chosenRun.ts";
import { createEditor } from "./editor.ts";
import { createFacts } from "./facts.ts";
import { createSample, createSelect } from "../../../controls/byHand.ts";
import type { Entry, Refusal, State } from "../../../state/types.ts";
import type { WireStep } from "../../../service/step.ts";
import type { Frame } from "../../../figure/part.ts";
import type { DrawerPorts } from "../drawer.ts";
import type { Setter } from "../../../service/katex.ts";

/** Milliseconds without a key until the rule is run, and until it goes into the history. */
const PAUSE = 200;
const REST = 800;

/** Every rule there is to begin with. */
function beginnings({ catalog }: State): { name: string; label: string }[] {
  return (catalog?.optimizers ?? []).flatMap(({ name, label, forms }) => (forms.length
    ? forms.map((form) => ({ name: `${name} ${form.name}`, label: form.name === "standard" ? label : `${label}: ${form.label}` }))
    : [{ name: `${name} standard`, label }]));
}

/** Which lines of a text compute something. */
export const computing = (text: string): boolean[] => text.split("\n").map((line) => /^\s*\w+\s*=/.test(line));

/** The lines as they are read, each beside its own. */
function createReading(set: Setter) {
  const root = h("ol", { class: "own-reading", "aria-label": "The rule as it is read" });
  const render = keyed(root, ({ key }: { key: string; latex: string }) => key, () => {
    const formula = createFormula(set, "", "text");
    return { root: h("li", { class: "own-line" }, formula.root), render: ({ latex }: { latex: string }) => formula.render(latex) };
  });
  let shown: WireStep | null = null;
  return {
    root,
    render(step: WireStep, text: string) {
      if (step === shown) return;
      shown = step;
      const lines = stepLines(step, Object.keys(step.gradient)[0]).slice(-step.lines.length);
      let at = 0;
      render(computing(text).map((computes, k) => ({ key: String(k), latex: computes ? (lines[at++]?.formula ?? "") : "" })));
      fit([...root.querySelectorAll(".set-formula")].map((line) => line as HTMLElement));
    },
  };
}

export async function createOwnRule(root: HTMLElement, figure: DrawerPorts) {
  const { store, now, invalidate, after, cancel, ended } = figure;
  const set = await formulaSetter();
  if (!set) throw new Error("formulas cannot be set");
  const act = store.update;
  const answers: ReturnType<typeof createAnswers<WireStep>> = createAnswers({ kept: 8, now, after, onAnswer: invalidate });
  const reading = createReading(set);
  const editor = createEditor(figure.id, typed, settled, reading.root);
  const facts = createFacts(figure);
  const sample = createSample();
  const start = createSelect({ label: "Begin with the rule of", onChoose: begin });
  const name = h("input", { class: "value own-name", maxlength: 40, "aria-label": "Name of the rule", oninput: () => edited && act(setLabel, edited.id, name.value) });
  const named = h("label", { class: "own-label" }, sample.root, name);
  const hint = h("p", { class: "note own-hint" });
  const wait = h("p", { class: "note" }, "Add a run to begin with.");
  const body = h("div", { class: "own" }, h("div", { class: "own-heads" }, named, hint, h("label", {}, h("span", {}, "Begin with "), start.root)), editor.root, facts.root);
  root.append(wait, body);
  let edited: Entry | null = null;
  let timer = 0;
  /** Values that names have had, so that a name typed anew finds its own. */
  const remembered: Record<string, number> = {};

  /** What was wrong with a text: the server is not asked for the same one twice. */
  const known: Map<string, Refusal> = new Map();

  /** @returns what is wrong with the rule that is being typed */
  function wrongWith({ fault, runs }: State, entry: Entry): Refusal | null {
    const text = entry.optimizer.rule ?? "";
    const key = runKey(store.get(), entry);
    if (runs[entry.id]?.key === key) return null;
    if (fault?.kind === "refused" && fault.entry === entry.id && fault.errors[0]) known.set(text, fault.errors[0]);
    return known.get(text) ?? null;
  }

  /** What has been typed and does not run yet. */
  let pending: string | null = null;

  function typed(text: string) {
    cancel(timer);
    pending = text;
    timer = after(run, PAUSE);
  }

  function run() {
    cancel(timer);
    if (!edited || pending === null) return;
    for (const [key, value] of Object.entries(edited.optimizer)) if (typeof value === "number") remembered[key] = value;
    if (edited.optimizer.rule === undefined) act(ownBeside, edited.id, pending);
    else act(setRule, edited.id, pending, true, remembered);
    pending = null;
    timer = after(settled, REST);
  }

  /** The hand has left the text: nothing of it is lost. */
  function settled() {
    run();
    cancel(timer);
    if (store.get().moving) act(settle);
  }

  /** @param value  "adam deck" */
  function begin(value: string) {
    const [optimizer, form] = value.split(" ");
    const from = { name: optimizer, ...(form === "standard" ? {} : { form }) };
    if (!edited) return;
    if (edited.optimizer.rule === undefined) act(ownBeside, edited.id);
    const { selected } = store.get();
    if (selected !== null) act(restartFrom, selected, from);
    editor.set("");
  }

  /** The last rule that could be read stays beside the text, paler. */
  function read(state: State, entry: Entry, text: string, wrong: boolean) {
    const key = `${runKey(state, entry)} 1`;
    if (!state.moving && !wrong) answers.wish({ key, ask: () => getStep(specOf(state, [entry]), 1, ended) });
    const answer = answers.get(key);
    if (answer && "value" in answer) reading.render(answer.value, text);
    setAttribute(reading.root, "data-late", wrong || !answer);
  }

  return {
    render({ state, scene }: Frame) {
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
