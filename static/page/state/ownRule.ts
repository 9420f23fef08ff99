/** What is done to a rule of one's own: pure functions, like the other actions. */

import { addRun, copyRun } from "./actions.ts";
import { hyperparameterOf, isMethod, labelOf, optimizerOf, suggestedRates } from "./catalog.ts";
import { setExplained } from "./explain.ts";
import { OWN_RULE } from "./explanations.ts";
import { namesIn, paramNamed, ruleOf, turnInto } from "./rules.ts";
import { entryById } from "./state.ts";
import type { Catalog, OptimizerSpec, State } from "./types.ts";

/** Longest label the server takes. */
export const LONGEST_LABEL = 40;

/** The fields of an optimizer that do not depend on its rule. */
function common({ learning_rate, label, schedule, noise, batch_size, sampling, first_points }: OptimizerSpec) {
  const all = { learning_rate, label, schedule, noise, batch_size, sampling, first_points };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** @param remembered  values that names have had */
function withRule(
  catalog: Catalog | null,
  before: OptimizerSpec,
  rule: string,
  remembered: Record<string, number>,
): OptimizerSpec {
  const { states, hyperparameters } = namesIn(rule, catalog);
  const values = hyperparameters.map((name) => [
    name,
    before[name] ?? remembered[name] ?? hyperparameterOf(catalog, before, name) ?? paramNamed(catalog, name).default,
  ]);
  const first = (before.initial ?? optimizerOf(catalog, before.name)?.initial ?? {}) as Record<string, unknown>;
  const initial = Object.entries(first).filter(([name]) => states.includes(name));
  const rate = before.learning_rate ?? hyperparameterOf(catalog, before, "learning_rate") ?? 0.01;
  return {
    rule,
    ...common(before),
    learning_rate: rate,
    ...Object.fromEntries(values),
    ...(initial.length ? { initial: Object.fromEntries(initial) } : {}),
  };
}

/** Sets the rule while it is typed. */
export function setRule(
  state: State,
  id: number,
  rule: string,
  moving: boolean,
  remembered: Record<string, number> = {},
): State {
  const entry = entryById(state, id);
  if (!entry) return state;
  const fault = state.fault?.kind === "refused" && state.fault.entry === id ? null : state.fault;
  return {
    ...turnInto(state, id, withRule(state.catalog, entry.optimizer, rule, remembered)),
    selected: id,
    fault,
    moving,
    edit: { kind: "value", target: `rule of ${id}` },
  };
}

export function setLabel(state: State, id: number, label: string): State {
  const entry = entryById(state, id);
  if (!entry) return state;
  const { label: _, ...rest } = entry.optimizer;
  const trimmed = label.trim().slice(0, LONGEST_LABEL);
  return {
    ...turnInto(state, id, trimmed ? { ...rest, label: trimmed } : rest),
    edit: { kind: "value", target: `label of ${id}` },
  };
}

/** Adds a run with a rule of one's own, which begins as the rule of another run. @returns with the new run selected */
export function ownBeside(state: State, id: number, rule?: string): State {
  const entry = entryById(state, id);
  const copied = copyRun(state, id);
  if (!entry || copied.selected === null) return state;
  const kind = isMethod(state.catalog, entry.optimizer) ? "rule" : labelOf(state.catalog, entry.optimizer);
  const label = `My ${kind}`.slice(0, LONGEST_LABEL);
  const ownOptimizer = {
    ...withRule(state.catalog, entry.optimizer, rule ?? ruleOf(state.catalog, entry.optimizer), {}),
    label,
  };
  return { ...turnInto(copied, copied.selected, ownOptimizer), edit: { kind: "runs" } };
}

/** The optimizer whose rule is copied first: it is short, and has an average. */
const FIRST = "momentum";

/** Adds a run with a rule of one's own, and opens its editor. */
export function addOwn(state: State): State {
  const added = addRun(state, FIRST);
  const entry = entryById(added, added.selected);
  if (!entry) return state;
  const ownOptimizer = {
    ...withRule(added.catalog, entry.optimizer, ruleOf(added.catalog, entry.optimizer), {}),
    label: "My rule",
  };
  return { ...setExplained(turnInto(added, entry.id, ownOptimizer), OWN_RULE.name), edit: { kind: "runs" } };
}

/** Replaces one's own rule by a rule of the catalog, with the rate suggested for it. */
export function restartFrom(state: State, id: number, from: OptimizerSpec): State {
  const entry = entryById(state, id);
  if (!entry) return state;
  const { label, schedule, noise, batch_size, sampling, first_points } = entry.optimizer;
  const learning_rate =
    suggestedRates(state.catalog, state.problem)[from.name ?? ""] ??
    hyperparameterOf(state.catalog, from, "learning_rate") ??
    undefined;
  const ownOptimizer = withRule(
    state.catalog,
    { ...from, ...common({ label, learning_rate, schedule, noise, batch_size, sampling, first_points }) },
    ruleOf(state.catalog, from),
    {},
  );
  return { ...turnInto(state, id, ownOptimizer), selected: id, edit: { kind: "value", target: `rule of ${id}` } };
}
