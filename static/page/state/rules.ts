/** The text of the rule that a run goes by. */
import { evaluate } from "../math/formula.ts";
import { copyRun } from "./actions.ts";
import { hyperparameterOf, optimizerOf } from "./catalog.ts";
import type { Catalog, Equal, OptimizerSpec, State } from "./types.ts";

/** @returns empty until the catalog has come */
export function ruleOf(catalog: Catalog | null, { rule, name, form }: OptimizerSpec): string {
  if (rule !== undefined) return rule;
  const optimizer = optimizerOf(catalog, name);
  return optimizer?.forms.find((candidate) => candidate.name === form)?.rule ?? optimizer?.rule ?? "";
}

/**
 * The formula by which a run's rule comes to a quantity.
 * @returns LaTeX; null for a rule of one's own, which the catalog does not print
 */
export function formulaOf(catalog: Catalog | null, { name, form }: OptimizerSpec, quantity: string): string | null {
  const optimizer = optimizerOf(catalog, name);
  const printed = optimizer?.forms.find((candidate) => candidate.name === form) ?? optimizer;
  const at = (printed?.rule ?? "").split("\n").findIndex((line) => line.split("=")[0].trim() === quantity);
  return printed?.latex?.[at] ?? null;
}

/** The optimizer with an equal rule, its values converted so that it takes the same path. */
export function converted(
  catalog: Catalog | null,
  optimizer: OptimizerSpec,
  { name, form, values }: Equal,
): OptimizerSpec {
  const params = optimizerOf(catalog, optimizer.name)?.params ?? [];
  const hyperparameters = Object.fromEntries(
    params.map((param) => [param.name, hyperparameterOf(catalog, optimizer, param.name) ?? param.default]),
  );
  const changed = Object.fromEntries(
    Object.entries(values).map(([key, text]) => [key, Number(evaluate(text, hyperparameters).toPrecision(12))]),
  );
  const { name: _, form: __, label: ___, ...rest } = optimizer;
  return { name, ...(form === "standard" ? {} : { form }), ...rest, ...changed };
}

/** Replaces the optimizer of a run. */
export function turnInto(state: State, id: number, optimizer: OptimizerSpec): State {
  const entries = state.entries.map((entry) => (entry.id === id ? { ...entry, optimizer } : entry));
  return { ...state, entries, edit: { kind: "optimizer" }, moving: false };
}

/** Adds a run below another one, which stays selected. */
export function addBeside(state: State, id: number, optimizer: OptimizerSpec): State {
  const copied = copyRun(state, id);
  return copied.selected === null || copied === state
    ? state
    : { ...turnInto(copied, copied.selected, optimizer), selected: id, edit: { kind: "runs" } };
}
