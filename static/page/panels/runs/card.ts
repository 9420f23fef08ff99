/** One run in the legend: its line, its name, its learning rate on a slider, and what opens below. */
import { removeRun, selectRun, setValue, settle, toggleHidden, copyRun } from "../../state/actions.ts";
import { labelOf, optimizerOf, valueOf } from "../../state/catalog.ts";
import { isCatchingUp } from "../../figure/loading/sweeps.ts";
import { createSlider } from "../../controls/slider.ts";
import { createNumberField } from "../../controls/numberField.ts";
import { createSample } from "../../controls/choice.ts";
import { icon } from "../../controls/icons.ts";
import { scaleOf } from "../../controls/scales.ts";
import { chosen } from "../../math/format.ts";
import { undefinedThere } from "../../words/divergence.ts";
import { isGrowing } from "../../words/outcome.ts";
import { inPlainWords } from "../../words/refusal.ts";
import { symbol } from "../../words/symbol.ts";
import { h, setAttribute, setText } from "../../dom.ts";
import { sizeOf } from "../../size.ts";
import { fetched } from "../shared/fetched.ts";
import type { Entry, Param, Run, State } from "../../state/types.ts";
import type { Figure } from "../../figure/figure.ts";

/** Until the catalog says otherwise. */
const ANY_RATE: Param = { name: "learning_rate", default: 0.01, min: 1e-7, max: 10, scale: "log", help: "" };

/** @returns the values that differ from the usual, in short */
function note(state: State, { optimizer }: Entry): string {
  const params = optimizerOf(state.catalog, optimizer.name)?.params.slice(1) ?? [];
  const own = params.filter(({ name, default: usual }) => optimizer[name] !== undefined && optimizer[name] !== usual);
  const parts = own.map(({ name }) => `${symbol(name)} ${chosen(optimizer[name] as number)}`);
  if (optimizer.form) parts.push(String(optimizer.form));
  if (optimizer.schedule) parts.push(optimizer.schedule.name.replace(/_/g, " "));
  if (optimizer.batch_size) parts.push(`batch ${optimizer.batch_size}`);
  if (optimizer.noise) parts.push(`noise ${chosen(optimizer.noise)}`);
  return parts.join(" · ");
}

/** @returns what is wrong with the run, if anything */
function faultOf(state: State, entry: Entry, run: Run): string {
  const { fault } = state;
  if (fault?.kind === "refused" && fault.entry === entry.id) return fault.errors.map(inPlainWords).join(" ");
  if (undefinedThere(run.end)) return `Ends at step ${chosen((run.end?.n_steps ?? 0) + 1)}: there ${undefinedThere(run.end)}.`;
  if (run.end?.stop_reason === "diverged") return `Diverges at step ${chosen(run.end.diverged_at ?? run.end.n_steps + 1)}.`;
  if (isGrowing(run)) return "Growing: its loss rises, and is above where it began.";
  return "";
}

export function createRunCard(figure: Figure, entry: Entry) {
  const { store, act } = figure;
  const { id } = entry;
  const sample = createSample();
  const name = h("span", { class: "run-name" });
  const small = h("span", { class: "run-note" });
  const toggle = h("button", { type: "button", class: "run-toggle", onclick: () => act(selectRun, store.get().selected === id ? null : id) }, sample.root, name, icon("down"));
  const rate = createNumberField({ label: "Learning rate", className: "run-rate", range: { above: 0 }, next: scaleOf(ANY_RATE).next, onCommit: (value) => act(setValue, id, "learning_rate", value, false) });
  const sliderParam = rateParam(store.get(), entry);
  const slider = createSlider({ param: sliderParam, label: "Learning rate", onInput: (value, moving) => act(setValue, id, "learning_rate", value, moving), onSettle: () => act(settle) });
  const warning = h("p", { class: "warning", hidden: true }, icon("warn"), h("span"));
  const hide = h("button", { type: "button", class: "quiet", onclick: () => act(toggleHidden, id) });
  const show = h("button", { type: "button", class: "icon-button run-show", title: "Show", onclick: () => act(toggleHidden, id) }, icon("hidden"));
  const actions = h("div", { class: "run-actions" }, hide,
    h("button", { type: "button", class: "quiet", onclick: () => act(copyRun, id) }, "Copy"),
    h("button", { type: "button", class: "quiet", onclick: () => act(removeRun, id) }, "Remove"));
  const more = h("div", { class: "run-more" }, actions);
  const settings = fetched(async () => {
    const made = (await import("./settings.ts")).createFold(store, id);
    more.prepend(made.root);
    return made;
  }, figure);
  const root = h("li", { class: "run" }, h("div", { class: "run-head" }, toggle, show, rate.root), small, slider.root, warning, more);
  let last: unknown[] = [];

  function write(state: State, current: Entry, run: Run) {
    root.className = `run slot-${current.slot}${current.hidden ? " is-hidden" : ""}`;
    const open = state.selected === id;
    setAttribute(root, "data-selected", open);
    setAttribute(toggle, "aria-expanded", String(open));
    more.hidden = !open;
    sample.set(current.slot);
    setText(name, labelOf(state.catalog, current.optimizer));
    setText(small, note(state, current));
    small.hidden = open || small.textContent === "";
    const value = valueOf(state.catalog, current.optimizer, "learning_rate");
    rate.set(value);
    setAttribute(rate.root, "aria-label", `Learning rate of ${run.name}`);
    slider.render({ value: value ?? ANY_RATE.default, slot: current.slot, sweep: state.sweeps[id], catchingUp: isCatchingUp(state, current), ceiling: run.columns.loss[0] ?? Infinity });
    setAttribute(slider.input, "aria-label", `Learning rate of ${run.name}`);
    const wrong = faultOf(state, current, run);
    warning.hidden = !wrong;
    setText(warning.lastElementChild as Element, wrong);
    setText(hide, current.hidden ? "Show" : "Hide");
    show.hidden = open || !current.hidden;
    setAttribute(show, "aria-label", `Show ${run.name}`);
    if (open) settings()?.render(state, current);
  }

  return {
    root,
    render(state: State, current: Entry, run: Run) {
      const now = [current, run.name, run.end, state.selected === id && (settings() ?? true), state.catalog, state.sweeps[id], state.fault, state.problem, state.stop, state.start, state.seed, sizeOf(root).width];
      if (now.every((value, k) => value === last[k])) return;
      last = now;
      write(state, current, run);
    },
  };
}

/** Of a rule of one's own as of any other. */
function rateParam(state: State, entry: Entry): Param {
  const known = optimizerOf(state.catalog, entry.optimizer.name) ?? state.catalog?.optimizers[0];
  return known?.params.find((param) => param.name === "learning_rate") ?? ANY_RATE;
}
