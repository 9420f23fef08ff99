/**
 * The names of a rule. A name that is read before it is assigned is a state, a name that is never assigned a
 * hyperparameter; the server decides.
 */
import { optimizerOf } from "./catalog.ts";
import type { Catalog, OptimizerSpec, Param } from "./types.ts";

/** Names that every rule may read. */
const GIVEN = ["w", "g", "t", "lr"];
const NAME = /(?<![\w.])[A-Za-z_]\w*\b(?!\s*\()/g;
/** The range of a hyperparameter that no optimizer of the catalog has. */
const PLAIN = { default: 0.5, min: 0, max: 1, scale: "linear" as const, help: "" };
/** @returns as far as it can be read */
function linesOf(text: string): { target: string; reads: string[] }[] {
  const lines = text.split("\n").map((line) => line.replace(/#.*$/, "").match(/^\s*(\w+)\s*=(.*)$/));
  return lines.flatMap((line) => (line ? [{ target: line[1], reads: line[2].match(NAME) ?? [] }] : []));
}

/** @returns in the order of their appearance */
export function namesIn(text: string, catalog: Catalog | null): { states: string[]; hyperparameters: string[] } {
  const lines = linesOf(text);
  const taken = new Set([...GIVEN, "learning_rate", ...Object.keys(catalog?.language?.constants ?? { pi: 0, e: 0 })]);
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

/** @returns as the catalog knows it, or a plain slider */
export function paramNamed(catalog: Catalog | null, name: string): Param {
  const ofRules = catalog?.optimizers.filter(({ rule }) => rule !== "") ?? [];
  const existing = ofRules.flatMap(({ params }) => params).find((param) => param.name === name);
  return existing ?? { name, ...PLAIN };
}

/** The hyperparameters of a run, its learning rate first. */
export function paramsOf(catalog: Catalog | null, optimizer: OptimizerSpec): Param[] {
  if (optimizer.rule === undefined) return optimizerOf(catalog, optimizer.name)?.params ?? [];
  return ["learning_rate", ...namesIn(optimizer.rule, catalog).hyperparameters].map((name) =>
    paramNamed(catalog, name),
  );
}
