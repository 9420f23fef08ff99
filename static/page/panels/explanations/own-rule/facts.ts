/** Lists below a visitor's rule its states and hyperparameters, and the names and functions it may use. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { numberField } from "../../../controls/numberField.ts";
import { scaleOf } from "../../../controls/sliderScale.ts";
import type { Places, StatePorts } from "../../../figure/figure.ts";
import { formatExact } from "../../../math/format.ts";
import { symbol } from "../../../math/text.ts";
import { setValue } from "../../../state/actions.ts";
import { hyperparameterOf, optimizerOf } from "../../../state/catalog.ts";
import { drawnReply } from "../../../state/replies.ts";
import { namesIn, paramNamed } from "../../../state/rules.ts";
import type { Act } from "../../../state/store.ts";
import type { Entry, Param, State } from "../../../state/types.ts";
import { newNameWords } from "../../../words/newNames.ts";

/** A better rate is offered if it ends below this share of the run's last loss. */
const FAR_BELOW = 0.1;

/** A hyperparameter in the sentence: its letter and a field with its value. */
function setting(act: Act, id: number, param: Param, value: number) {
  const letter = symbol(param.name);
  const field = numberField({
    label: param.name.replace(/_/g, " "),
    value,
    next: scaleOf(param).next,
    onCommit: (value) => value !== null && act(setValue, id, param.name, value, false),
  });
  return html`<label class="own-setting wraps"><span class=${letter.length < 3 ? "letter" : ""}>${letter}</span>${
    field
  }</label>`;
}

/** @returns such as "m, v from 0, step from learning_rate" */
export function statesWords(states: string[], initial: Record<string, unknown>): string {
  const startOf = (name: string) => String(initial[name] ?? 0);
  const namesFrom = (start: string) =>
    states
      .filter((name) => startOf(name) === start)
      .map(symbol)
      .join(", ");
  const groups = [...new Set(states.map(startOf))].map((start) => `${namesFrom(start)} from ${symbol(start)}`);
  return groups.join(", ") || "nothing from step to step";
}

/** @returns the rate of the sweep that ends lowest; null: the run itself ends not far above */
export function betterRate(state: State, entry: Entry): number | null {
  const sweep = drawnReply(state, "sweep", entry.id);
  const rate = hyperparameterOf(state.catalog, entry.optimizer, "learning_rate");
  if (!sweep || rate === null || rate === undefined) return null;
  const far = sweep.values.map((value) => Math.abs(Math.log(value / rate)));
  const [ends, here] = [sweep.loss.map((loss) => loss ?? Infinity), far.indexOf(Math.min(...far))];
  const least = Math.min(...ends);
  return Number.isFinite(least) && least < FAR_BELOW * ends[here] ? sweep.values[ends.indexOf(least)] : null;
}

/** A button that sets a better rate, as the rate of the rule before may not suit this one. */
function betterRateOffer(act: Act, state: State, entry: Entry) {
  const better = entry.optimizer.rule === undefined ? null : betterRate(state, entry);
  if (better === null) return nothing;
  const rate = Number(better.toPrecision(2));
  const take = () => act(setValue, entry.id, "learning_rate", rate, false);
  return html`<button type="button" class="quiet strong" @click=${take}>Take ${formatExact(
    rate,
  )}: of the rates tried it ends lowest</button>`;
}

const fact = (term: string, content: unknown, title?: string) => html`<div class="own-fact"><dt>${term}</dt><dd
  title=${title ?? nothing}>${content}</dd></div>`;

const GIVEN = html`<i>w</i> a parameter, <i>g</i> its gradient, <i>t</i> the step from 1, lr its learning rate`;

export function ruleFacts({ act, id }: StatePorts & Places, state: State, entry: Entry, rule: string) {
  const { catalog } = state;
  const { optimizer } = entry;
  const { states, hyperparameters } = namesIn(rule, catalog);
  const initial = (optimizer.initial ?? optimizerOf(catalog, optimizer.name)?.initial ?? {}) as Record<string, unknown>;
  const params = ["learning_rate", ...hyperparameters].map((name) => paramNamed(catalog, name));
  const valueNow = (param: Param) => hyperparameterOf(catalog, optimizer, param.name) ?? param.default;
  const settings = repeat(
    params,
    ({ name }) => name,
    (param) => setting(act, entry.id, param, valueNow(param)),
  );
  return html`<dl id=${id("own-rule-help")} class="own-facts wraps">${fact(
    "kept",
    statesWords(states, initial),
    "Read before they are assigned, and so kept from step to step",
  )}${fact(
    "you set",
    html`<span class="own-settings wraps">${settings}</span>${betterRateOffer(act, state, entry)}<span
      class="own-new" role="status">${newNameWords(rule, catalog)}</span>`,
  )}${fact("given", GIVEN)}${fact("signs", `+ − * / ** ( ) ${(catalog?.language?.functions ?? []).join(" ")}`)}</dl>`;
}
