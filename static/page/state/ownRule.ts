/** Actions on a rule that a visitor writes. */

import { addRun, copyRun } from "./actions.ts";
import { hyperparameterOf, isMethod, labelOf, optimizerOf, suggestedRates } from "./catalog.ts";
import { setExplanation } from "./explain.ts";
import { OWN_RULE } from "./explanations.ts";
import { namesIn, paramNamed, replaceOptimizer, ruleOf } from "./rules.ts";
import { entryById } from "./state.ts";
import type { Catalog, OptimizerSpec, State } from "./types.ts";

/** The most letters that the server accepts in a label. */
export const LONGEST_LABEL = 40;

/** The fields of an optimizer that do not depend on its rule. */
function fieldsBesideRule({
  learning_rate,
  label,
  schedule,
  noise,
  batch_size,
  sampling,
  first_points,
}: OptimizerSpec) {
  const all = { learning_rate, label, schedule, noise, batch_size, sampling, first_points };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/**
 * Replaces the rule of an optimizer. Hyperparameters keep their values by name.
 * @param remembered  values that hyperparameters had before they were deleted from the text
 */
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
    ...fieldsBesideRule(before),
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
  dragging: boolean,
  remembered: Record<string, number> = {},
): State {
  const entry = entryById(state, id);
  if (!entry) return state;
  const fault = state.fault?.kind === "refused" && state.fault.entry === id ? null : state.fault;
  return {
    ...replaceOptimizer(state, id, withRule(state.catalog, entry.optimizer, rule, remembered)),
    selected: id,
    fault,
    dragging,
    edit: { kind: "value", target: `rule of ${id}` },
  };
}

export function setLabel(state: State, id: number, label: string): State {
  const entry = entryById(state, id);
  if (!entry) return state;
  const { label: _, ...rest } = entry.optimizer;
  const trimmed = label.trim().slice(0, LONGEST_LABEL);
  return {
    ...replaceOptimizer(state, id, trimmed ? { ...rest, label: trimmed } : rest),
    edit: { kind: "value", target: `label of ${id}` },
  };
}

/** Adds, below a run, one with its rule as text to edit, and selects it. @param rule  another text to begin with */
export function addOwnRuleBelow(state: State, id: number, rule?: string): State {
  const entry = entryById(state, id);
  const copied = copyRun(state, id);
  if (!entry || copied.selected === null) return state;
  const kind = isMethod(state.catalog, entry.optimizer) ? "rule" : labelOf(state.catalog, entry.optimizer);
  const label = `My ${kind}`.slice(0, LONGEST_LABEL);
  const ownOptimizer = {
    ...withRule(state.catalog, entry.optimizer, rule ?? ruleOf(state.catalog, entry.optimizer), {}),
    label,
  };
  return { ...replaceOptimizer(copied, copied.selected, ownOptimizer), edit: { kind: "runs" } };
}

/** The optimizer whose rule a new text begins with: it is short, and has an average. */
const FIRST_COPIED = "momentum";

/** Adds a run with a rule of one's own, and opens its editor. */
export function addOwnRule(state: State): State {
  const added = addRun(state, FIRST_COPIED);
  const entry = entryById(added, added.selected);
  if (!entry) return state;
  const ownOptimizer = {
    ...withRule(added.catalog, entry.optimizer, ruleOf(added.catalog, entry.optimizer), {}),
    label: "My rule",
  };
  return { ...setExplanation(replaceOptimizer(added, entry.id, ownOptimizer), OWN_RULE.name), edit: { kind: "runs" } };
}

/** Replaces the text by a rule of the catalog, with the rate suggested for it. */
export function replaceOwnRule(state: State, id: number, from: OptimizerSpec): State {
  const entry = entryById(state, id);
  if (!entry) return state;
  const { label, schedule, noise, batch_size, sampling, first_points } = entry.optimizer;
  const learning_rate =
    suggestedRates(state.catalog, state.problem)[from.name ?? ""] ??
    hyperparameterOf(state.catalog, from, "learning_rate") ??
    undefined;
  const ownOptimizer = withRule(
    state.catalog,
    { ...from, ...fieldsBesideRule({ label, learning_rate, schedule, noise, batch_size, sampling, first_points }) },
    ruleOf(state.catalog, from),
    {},
  );
  return {
    ...replaceOptimizer(state, id, ownOptimizer),
    selected: id,
    edit: { kind: "value", target: `rule of ${id}` },
  };
}
