/** The working of the next step of one run, from where the playhead stands. It follows while the run plays. */
import { formulaSetter } from "../../service/katex.ts";
import { loadStyle } from "../../service/style.ts";
import { selectRun } from "../../state/actions.ts";
import { explain, tellShares } from "../../state/explain.ts";
import { ruleOf } from "../../state/rules.ts";
import { icon } from "../../controls/icons.ts";
import { nextStep, noStep } from "../../words/nextStep.ts";
import { averagesIn } from "../../words/averages.ts";
import { inShort } from "../../words/refusal.ts";
import { symbol } from "../../words/symbol.ts";
import { shownValue, workingLatex } from "../../words/workingLatex.ts";
import { h, setAttribute, setText } from "../../dom.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import { createColumn } from "./columnRoom.ts";
import { copyText } from "../shared/copying.ts";
import { createFollower } from "./following.ts";
import { listenToHighlights, highlightedPoint, showHighlight } from "../../figure/highlight.ts";
import { createParameters } from "./parameters.ts";
import { sharesOf } from "./shares.ts";
import { createLines } from "./lines.ts";
import { createSelect } from "../../controls/byHand.ts";
import type { Scene } from "../../state/types.ts";
import type { WireStep } from "../../service/step.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Average } from "../../words/averages.ts";

/** Longer names than these, of the run and of the parameters, do not fit one row with where the step is. */
const LONGEST = 18;
const narrow = matchMedia("(max-width: 1099px)");

/** The terms of a sum over data leave no room for a second one. */
function hasTwo({ gradient }: WireStep) {
  const gradients = Object.values(gradient);
  return gradients.length === 2 && gradients.every(({ terms }) => !terms);
}

/** Of what the room depends on that the working takes: the lines, not their numbers. */
function roomKey({ lines, rate, gradient, batch }: WireStep, { runs, projector, problem }: Scene) {
  const slopes = Object.values(gradient).map(({ formula, terms }) => (terms ? `${batch ? "batch" : terms.length}` : formula));
  return JSON.stringify([slopes, rate.schedule, lines.map(({ formula }) => formula), runs.length, projector, problem.kind]);
}

/** @returns how much larger type is than beside the map */
const typeScale = ({ projector }: Scene): number => (projector ? 1.2 : 1);

/** What the states are before the first step: numbers that come from nowhere otherwise. */
function startWords({ t, states }: WireStep) {
  if (t > 1) return "";
  const starts = Object.entries(states).map(([name, held]) => `${symbol(name)} is ${[...new Set(Object.values(held).map((value) => shownValue(value ?? NaN)))].join(" and ")}`);
  return starts.length ? `Before the first step ${starts.join(", ")}.` : "";
}

/** The way that an average of gradients would have the run go; averages of squares have none. */
function wayOf(step: WireStep, averages: Average[], quantity: string): number[] | null {
  const known = averages.some(({ name, squared }) => !squared && (quantity === name || quantity === `${name}_hat`));
  const line = known && step.lines.find(({ name }) => name === quantity);
  return line ? Object.values(line.values).map(({ value }) => -(value ?? NaN)) : null;
}

export async function createWorking(root: HTMLElement, figure: Figure) {
  const { store, highlight, invalidate, ended } = figure;
  const [set] = await Promise.all([formulaSetter(), loadStyle("working"), loadStyle("terms")]);
  if (!set) throw new Error("formulas cannot be set");
  const act = store.update;
  const steps = createFollower(figure);
  const kind = h("span");
  const run = createSelect({ label: "Run", onChoose: (value) => act(selectRun, store.get().entries[Number.parseInt(value)]?.id ?? null) });
  const where = h("span", { class: "aside" });
  const title = h("h2", {}, kind, run.root);
  const close = h("button", { type: "button", class: "icon-button working-close", "aria-label": "Close the working", title: "Close", onclick: () => act(explain, { working: false }) }, icon("close"));
  const parameters = createParameters(store);
  const lines = createLines(set, "The working, line by line", ended);
  const wait = h("p", { class: "note" });
  const said = h("span", { class: "note", role: "status" });
  const copy = h("button", { type: "button", class: "quiet", onclick: () => void copyLatex() }, icon("copy"), h("span", {}, "Copy as LaTeX"));
  const notes = h("p", { class: "note working-notes" });
  const opens = (drawer: string, word: string) => h("button", { type: "button", class: "quiet", onclick: () => openDrawer(drawer) }, word);
  const foot = h("div", { class: "working-foot" }, opens("charts", "States"), opens("average", "Averages"), opens("compare", "Compare"), opens("steps", "Steps"), copy, said);
  const head = h("div", { class: "panel-head working-head" }, title, h("div", { class: "working-where" }, where, parameters.root), close);
  const body = h("div", { class: "working-body" }, lines.root, notes);
  root.append(head, wait, body, foot);
  const column = createColumn(figure, root, () => head.offsetHeight + body.scrollHeight + foot.offsetHeight);
  document.fonts.addEventListener("loadingdone", () => (column.forget(), invalidate()), { signal: ended });
  listenToHighlights(root, highlight);

  let shown: { step: WireStep; parameters: string[] } | null = null;
  let shining = "";
  /** Whether the numbers of all parameters stand below each other. */
  let several = false;

  /** @param drawer  its content, of the run that is shown */
  function openDrawer(drawer: string) {
    const index = Number.parseInt(run.root.value);
    act(selectRun, store.get().entries[index]?.id ?? null);
    act(explain, { drawer });
  }

  async function copyLatex() {
    if (!shown) return;
    const { step, parameters: names } = shown;
    setText(said, (await copyText(names.map((name) => workingLatex(step, name)).join("\n"))) ? "Copied." : "The browser does not let a page copy.");
  }

  /** @param text  instead of a working */
  function say(text: string) {
    wait.hidden = !text;
    setText(wait, text);
    lines.root.hidden = notes.hidden = foot.hidden = text !== "" && !shown;
  }

  highlight.setDirections((quantity) => {
    const { entries } = store.get();
    const entry = entries[Number.parseInt(run.root.value)];
    return shown && entry ? wayOf(shown.step, averagesIn(ruleOf(store.get().catalog, entry.optimizer)), quantity) : null;
  });

  function relight(parameter: string) {
    const wanted = `${highlight.highlighted()} ${parameter} ${shown?.step.t}`;
    if (wanted !== shining) lines.reveal(highlightedPoint(highlight.highlighted()));
    if (wanted !== shining) showHighlight(root, highlight.highlighted(), parameter);
    shining = wanted;
  }

  function show(step: WireStep, parameters: string[]) {
    if (shown?.step !== step || shown.parameters.join() !== parameters.join()) {
      shown = { step, parameters };
      act(tellShares, sharesOf(step, parameters[0], Number.parseInt(run.root.value)));
      lines.root.hidden = false;
      lines.render(step, parameters);
      setText(said, "");
      setText(notes, [startWords(step), ...step.notes].join(" "));
      setText(where, `from ${step.t - 1} to ${step.t}`);
    }
    say("");
  }

  /** With as much beside it as there is room for. */
  function place(step: WireStep, names: string[], parameter: string, scene: Scene) {
    const put = (all: boolean) => {
      several = all;
      show(step, all ? names : [parameter]);
    };
    const two = hasTwo(step);
    put(several && two);
    if (narrow.matches) return;
    column.settle(roomKey(step, scene), typeScale(scene), two ? put : null);
  }

  return {
    render(moment: Frame) {
      const { state, scene } = moment;
      const index = chosenRun(scene);
      title.hidden = index === null;
      if (index === null) return say("Add a run, and its next step is worked out here.");
      const next = nextStep(scene.runs[index], moment.step);
      const names = scene.problem.parameters;
      const parameter = names[Math.min(state.explain.parameter, names.length - 1)];
      setAttribute(root, "class", `slot-${scene.runs[index].slot}`);
      head.classList.toggle("is-long", scene.runs[index].name.length + names.join(" ").length > LONGEST);
      run.set(scene.runs.map(({ name }, k) => ({ name: `${k} ${name}`, label: name })), `${index} ${scene.runs[index].name}`);
      setText(kind, next?.last ? "Last step of " : "Next step of ");
      parameters.render(names, names.indexOf(parameter));
      if (!next) return say(noStep(scene.runs[index]));
      const answer = steps.follow(state, index, next.t, moment);
      if (answer && "value" in answer) place(answer.value, names, parameter, scene);
      else if (answer) say(shown ? "Still the last rule that could be read." : answer.refused.map(inShort).join(" "));
      else if (!shown || steps.silent()) say(steps.silent() ? "The server does not answer." : "Working it out.");
      parameters.root.hidden = (shown?.parameters.length ?? 0) > 1;
      relight(parameter);
    },
  };
}
