/** Reads rules: the text of the one that a run steps by, its LaTeX, and the names of states and hyperparameters. */
import { evaluate } from "../math/evaluate.ts";
import { copyRun } from "./actions.ts";
import { hyperparameterOf, optimizerOf } from "./catalog.ts";
import type { Catalog, Equal, OptimizerSpec, Param, State } from "./types.ts";

/** @returns the lines of a run's rule; empty until the catalog is loaded */
export function ruleOf(catalog: Catalog | null, { rule, name, form }: OptimizerSpec): string {
  if (rule !== undefined) return rule;
  const optimizer = optimizerOf(catalog, name);
  return optimizer?.forms.find((candidate) => candidate.name === form)?.rule ?? optimizer?.rule ?? "";
}

/**
 * @returns the LaTeX of the line that assigns a quantity; null: the rule has none, or is a visitor's own, of which the
 *   catalog has no LaTeX
 */
export function formulaOf(catalog: Catalog | null, { name, form }: OptimizerSpec, quantity: string): string | null {
  const optimizer = optimizerOf(catalog, name);
  const printed = optimizer?.forms.find((candidate) => candidate.name === form) ?? optimizer;
  const at = (printed?.rule ?? "").split("\n").findIndex((line) => line.split("=")[0].trim() === quantity);
  return printed?.latex?.[at] ?? null;
}

/** @returns the optimizer with an equal rule, its values converted so that it takes the same path */
export function withEqualRule(
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
export function replaceOptimizer(state: State, id: number, optimizer: OptimizerSpec): State {
  const entries = state.entries.map((entry) => (entry.id === id ? { ...entry, optimizer } : entry));
  return { ...state, entries, edit: { kind: "optimizer" }, dragging: false };
}

/** Adds a run below another one; that other one stays selected. */
export function addRunBelow(state: State, id: number, optimizer: OptimizerSpec): State {
  const copied = copyRun(state, id);
  return copied.selected === null || copied === state
    ? state
    : { ...replaceOptimizer(copied, copied.selected, optimizer), selected: id, edit: { kind: "runs" } };
}

/** Names that every rule may read without assigning them. */
const PREDEFINED_NAMES = ["w", "g", "t", "lr"];
/** A name that is not a function's. */
const NAME = /(?<![\w.])[A-Za-z_]\w*\b(?!\s*\()/g;
/** The slider of a hyperparameter that no optimizer of the catalog has. */
const DEFAULT_PARAM = { default: 0.5, min: 0, max: 1, scale: "linear" as const, whole: false, help: "" };
/** @returns for each line that is an assignment its target and the names it reads; other lines are left out */
function linesOf(text: string): { target: string; reads: string[] }[] {
  const lines = text.split("\n").map((line) => line.replace(/#.*$/, "").match(/^\s*(\w+)\s*=(.*)$/));
  return lines.flatMap((line) => (line ? [{ target: line[1], reads: line[2].match(NAME) ?? [] }] : []));
}

/** @returns the states, read before they are assigned, and the hyperparameters, never assigned, in reading order */
export function namesIn(text: string, catalog: Catalog | null): { states: string[]; hyperparameters: string[] } {
  const lines = linesOf(text);
  const taken = new Set([
    ...PREDEFINED_NAMES,
    "learning_rate",
    ...Object.keys(catalog?.language?.constants ?? { pi: 0, e: 0 }),
  ]);
  const targets = new Set(lines.map(({ target }) => target));
  const [states, hyperparameters, assigned] = [
    new Set([] as string[]),
    new Set([] as string[]),
    new Set([] as string[]),
  ];
  for (const { target, reads } of lines) {
    for (const name of reads)
      if (!taken.has(name) && !assigned.has(name)) (targets.has(name) ? states : hyperparameters).add(name);
    assigned.add(target);
  }
  return { states: [...states], hyperparameters: [...hyperparameters] };
}

/** @returns the hyperparameter as the catalog declares it in any rule, else one from 0 to 1 */
export function paramNamed(catalog: Catalog | null, name: string): Param {
  const ofRules = catalog?.optimizers.filter(({ rule }) => rule !== "") ?? [];
  const existing = ofRules.flatMap(({ params }) => params).find((param) => param.name === name);
  return existing ?? { name, ...DEFAULT_PARAM };
}

/** @returns the hyperparameters of a run, its learning rate first */
export function paramsOf(catalog: Catalog | null, optimizer: OptimizerSpec): Param[] {
  if (optimizer.rule === undefined) return optimizerOf(catalog, optimizer.name)?.params ?? [];
  return ["learning_rate", ...namesIn(optimizer.rule, catalog).hyperparameters].map((name) =>
    paramNamed(catalog, name),
  );
}
