/** One run in the legend: its line, name and learning rate on a slider, and its settings, which unfold below. */

import { html, nothing } from "lit-html";
import { runSample, wordButton } from "../../controls/choice.ts";
import { icon } from "../../controls/icons.ts";
import type { slider } from "../../controls/slider.ts";
import { sliderAndField } from "../../controls/sliderAndField.ts";
import { formatExact } from "../../math/format.ts";
import { capitalized, symbol } from "../../math/text.ts";
import { copyRun, removeRun, selectRun, setValue, toggleHidden } from "../../state/actions.ts";
import { hasRate, hyperparameterOf, isOwn, labelInColumn, labelOf, optimizerOf } from "../../state/catalog.ts";
import { isLossRising } from "../../state/columns.ts";
import { effectiveChanges } from "../../state/phases.ts";
import { runKey } from "../../state/state.ts";
import type { Act } from "../../state/store.ts";
import { isSweepOutdated, sweepOf } from "../../state/sweep.ts";
import type { Entry, Param, Run, State } from "../../state/types.ts";
import { undefinedWords } from "../../words/divergence.ts";
import { refusalWords } from "../../words/refusal.ts";
import type { Ending } from "../../words/sweep.ts";

/** The range of a rate until the catalog is loaded. */
export const ANY_RATE: Param = {
  name: "learning_rate",
  default: 0.01,
  min: 1e-7,
  max: 10,
  scale: "log",
  whole: false,
  help: "",
};

/** @returns the values that differ from the usual, in short */
function note(state: State, { optimizer }: Entry): string {
  const params = optimizerOf(state.catalog, optimizer.name)?.params.slice(1) ?? [];
  const changedParams = params.filter(
    ({ name, default: usual }) => optimizer[name] !== undefined && optimizer[name] !== usual,
  );
  const parts = changedParams.map(({ name }) => `${symbol(name)} ${formatExact(optimizer[name] as number)}`);
  if (optimizer.form) parts.push(String(optimizer.form));
  if (optimizer.schedule) parts.push(optimizer.schedule.name.replace(/_/g, " "));
  if (optimizer.batch_size) parts.push(`batch ${optimizer.batch_size}`);
  if (optimizer.first_points) parts.push(`first ${optimizer.first_points} points`);
  if (optimizer.noise) parts.push(`noise ${formatExact(optimizer.noise)}`);
  const changes = effectiveChanges(state.catalog, optimizer);
  if (changes.length) parts.push(`changes at ${changes.map(({ at }) => at).join(", ")}`);
  return parts.join(" · ");
}

/** @returns the fault of the run in words; empty: it has none */
function faultOf({ state, entry, run }: Card): string {
  const { fault } = state;
  if (fault?.kind === "refused" && fault.entry === entry.id) return refusalWords(fault.errors);
  if (undefinedWords(run.end))
    return `${capitalized(undefinedWords(run.end))} at step ${formatExact((run.end?.n_steps ?? 0) + 1)}.`;
  if (run.end?.stop_reason === "diverged")
    return `Diverges at step ${formatExact(run.end.diverged_at ?? run.end.n_steps + 1)}.`;
  if (isLossRising(run)) return "Growing: ends above where it began.";
  return "";
}

/** @returns the loss that the run ends at with the present rate; undefined: not known yet */
function endOf(state: State, entry: Entry, { end, length, columns }: Run): Ending["end"] | undefined {
  if (!end || state.runs[entry.id]?.key !== runKey(state, entry)) return undefined;
  const { stop_reason: reason } = end;
  return reason === "fault" ? reason : reason === "diverged" ? null : columns.loss[length - 1];
}

interface Card {
  state: State;
  act: Act;
  entry: Entry;
  run: Run;
  /** the rate that a preset asks for */
  target?: number;
  /** what is marked on the slider of its rate, and what is offered below it */
  signs?: Parameters<typeof slider>[0]["signs"] & { offer?: unknown };
  /** the change that a preset proposes is in it */
  proposed: boolean;
  /** a question is open that is of another run */
  standsBack: boolean;
  /** what an action has done to it besides; empty: nothing */
  remark: string;
  /** what opens below, once it is there */
  settings: () => unknown;
}

export function runCard(card: Card) {
  const { state, act, entry, run, proposed, standsBack, target, signs, remark, settings } = card;
  const { id, slot, hidden, optimizer } = entry;
  const open = state.selected === id;
  const kinds = [
    "run",
    `slot-${slot}`,
    ...(hidden ? ["is-hidden"] : []),
    ...(proposed ? ["is-proposed"] : []),
    ...(standsBack ? ["stands-back"] : []),
  ];
  const label = labelOf(state.catalog, optimizer);
  const name = labelInColumn(label);
  const button = (word: string, click: () => void) => wordButton(word, click, "quiet");
  const value = hyperparameterOf(state.catalog, optimizer, "learning_rate");
  const [short, wrong] = [note(state, entry), faultOf(card)];
  const rated = hasRate(state.catalog, optimizer);
  const rate = sliderAndField(
    {
      param: rateParam(state, entry),
      label: `Learning rate of ${run.name}`,
      value: value ?? ANY_RATE.default,
      slot,
      sweep: sweepOf(state, entry),
      catchingUp: isSweepOutdated(state, entry),
      ceiling: run.columns.loss[0],
      end: endOf(state, entry, run),
      until: run.phases[1]?.from,
      target,
      signs,
      onInput: (to, dragging) => act(setValue, id, "learning_rate", to, dragging),
    },
    { label: "Learning rate", owner: run.name, value, className: "run-rate", range: { above: 0 } },
  );
  const show = html`<button type="button" class="icon-button run-show" title="Show" aria-label="Show ${run.name}"
    @click=${() => act(toggleHidden, id)}>${icon("hidden")}</button>`;
  return html`<li class=${kinds.join(" ")} ?data-selected=${open} ?data-own=${isOwn(optimizer.name)}
    ?data-recorded=${state.runs[id]?.end?.recorded}>
    <div class="run-head row"><button type="button" class="run-toggle row" aria-expanded=${open}
      @click=${() => act(selectRun, open ? null : id)}>${runSample(slot)}<span class="run-name"
      title=${label}>${name}</span>${icon("down")}</button>${hidden && !open ? show : nothing}${
        rated ? rate.field : nothing
      }</div>
    ${short && !open ? html`<span class="note run-note">${short}</span>` : nothing}
    ${
      open && optimizer.noise ? html`<span class="note run-note">noise ${formatExact(optimizer.noise)}</span>` : nothing
    }
    ${remark ? html`<span class="note run-note">${remark}</span>` : nothing}
    ${rated ? rate.slider : nothing}
    <div class="run-fault">${
      wrong ? html`<p class="warning" title=${wrong}>${icon("warn")}<span>${wrong}</span></p>` : signs?.offer
    }</div>
    <div class="run-more" ?hidden=${!open}>${open ? settings() : nothing}<div class="run-actions">${button(
      hidden ? "Show" : "Hide",
      () => act(toggleHidden, id),
    )}${button("Copy", () => act(copyRun, id))}${button("Remove", () => act(removeRun, id))}</div></div>
  </li>`;
}

/** @returns the hyperparameter with the range of the rate; a visitor's rule has the range of any rule */
function rateParam(state: State, entry: Entry): Param {
  const optimizer = optimizerOf(state.catalog, entry.optimizer.name) ?? state.catalog?.optimizers[0];
  return optimizer?.params.find((param) => param.name === "learning_rate") ?? ANY_RATE;
}
