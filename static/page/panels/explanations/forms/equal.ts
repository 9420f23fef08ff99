/**
 * Lists the rules that take the same path with converted values: the conversion, a button that adds such a run, and
 * whether the two paths coincide.
 */

import { html, nothing } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";
import { wordButton } from "../../../controls/choice.ts";
import { formatExact } from "../../../math/format.ts";
import { symbol } from "../../../math/text.ts";
import { hyperparameterOf, optimizerOf } from "../../../state/catalog.ts";
import { pathDistance } from "../../../state/columns.ts";
import { addRunBelow, replaceOptimizer, withEqualRule } from "../../../state/rules.ts";
import { hasParameters } from "../../../state/stage.ts";
import type { Act } from "../../../state/store.ts";
import type { Entry, Equal, OptimizerSpec, Run, Scene, State } from "../../../state/types.ts";
import { coincidenceWords, endsWords } from "../../../words/formRows.ts";

/** runs: this run and the equal one, if it exists and both have ended */
interface EqualRow {
  id: number;
  equal: Equal;
  spec: OptimizerSpec;
  label: string;
  values: string;
  runs: [Run, Run] | null;
}

const SIGNS: Record<string, string> = { "*": "×", "/": "/", "-": "−" };
/** The relative rounding error of a conversion. */
const CLOSE = 1e-9;

/** @returns a formula with signs as printed. @param print  each name as a letter or as its value */
const readable = (text: string, print: (name: string) => string) =>
  text
    .replace(/[a-z_]+\d*/gi, (name) => (name === "sqrt" ? "√" : print(name)))
    .replace(/ ?([*/-]) ?/g, (_, sign) => ` ${SIGNS[sign]} `);

/** @returns such as "learning rate / (1 − β) = 0.0015 / (1 − 0.9) = 0.015" */
function conversion({ catalog }: State, { optimizer }: Entry, { values: texts }: Equal, values: OptimizerSpec) {
  const textOf = (name: string) => formatExact(hyperparameterOf(catalog, optimizer, name) ?? NaN);
  const written = (name: string, text: string) =>
    `${readable(text, symbol)} = ${readable(text, textOf)} = ${formatExact(Number(values[name]))}`;
  return Object.entries(texts)
    .map(([name, text]) => written(name, text))
    .join(", ");
}

/** @returns whether an entry runs exactly this spec */
function runs({ catalog }: State, { optimizer }: Entry, spec: OptimizerSpec): boolean {
  if (optimizer.name !== spec.name || (optimizer.form ?? "standard") !== (spec.form ?? "standard")) return false;
  return (optimizerOf(catalog, spec.name)?.params ?? []).every(({ name }) => {
    const [value, other] = [optimizer, spec].map((candidate) => hyperparameterOf(catalog, candidate, name) ?? NaN);
    return Math.abs(value - other) <= CLOSE * Math.abs(other);
  });
}

function rowOf(state: State, scene: Scene, index: number, equal: Equal): EqualRow {
  const { catalog, entries } = state;
  const spec = withEqualRule(catalog, entries[index].optimizer, equal);
  const optimizer = optimizerOf(catalog, equal.name);
  const form = optimizer?.forms.find(({ name }) => name === equal.form)?.label ?? equal.form;
  const named = equal.form === "standard" ? "" : `, ${form.charAt(0).toLowerCase()}${form.slice(1)},`;
  const label = `${optimizer?.label ?? equal.name}${named}`;
  const equalIndex = entries.findIndex((entry, k) => k !== index && runs(state, entry, spec));
  const both = equalIndex < 0 ? null : ([scene.shownRuns[index], scene.shownRuns[equalIndex]] as [Run, Run]);
  const values = conversion(state, entries[index], equal, spec);
  return { id: entries[index].id, equal, spec, label, values, runs: both };
}

function row(act: Act, { id, equal, spec, label, values, runs: both }: EqualRow) {
  const path = `${label} walks the same path${equal.constant_rate ? " while the rate does not change" : ""}`;
  const way = (word: string, action: typeof addRunBelow) => wordButton(word, () => act(action, id, spec));
  const pairWords = (pair: [Run, Run]) =>
    [coincidenceWords(pathDistance(...pair)), endsWords(...pair)].filter(Boolean).join(" ");
  /** Once both have ended, for as many steps as both have. */
  const ends = both?.every((run) => run.end !== null && hasParameters(run))
    ? guard(
        both.flatMap(({ columns, length }) => [columns, length]),
        () => html`<strong>${pairWords(both)}</strong>`,
      )
    : nothing;
  return html`<li><span>${path}${values ? html` at <strong>${values}.</strong>` : "."}</span>${ends}${
    both ? nothing : html`${way("Add it", addRunBelow)}${way("Turn this run into it", replaceOptimizer)}`
  }</li>`;
}

export function equalRules(act: Act, state: State, scene: Scene, index: number, equals: Equal[]) {
  const rows = equals.map((equal) => rowOf(state, scene, index, equal));
  const key = ({ id, equal }: EqualRow) => `${id} ${equal.name} ${equal.form}`;
  return html`<ul class="equals" ?hidden=${!rows.length}>${repeat(rows, key, (equalRow) => row(act, equalRow))}</ul>`;
}
