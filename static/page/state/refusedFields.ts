/** Removes from an optimizer the fields that its method cannot have, since the server would refuse the run. */
import { sameValue } from "../math/values.ts";
import { optimizerOf, refuses } from "./catalog.ts";
import { optimizerAfterChange } from "./phases.ts";
import type { Catalog, Entry, Optimizer, OptimizerSpec, ProblemSpec } from "./types.ts";

/** Fields that a method may refuse, each with the value by which a change on the way switches it off. */
const SWITCHED_OFF = { batch_size: null, first_points: null, noise: 0, schedule: undefined };
type SuitedField = keyof typeof SWITCHED_OFF;
const FIELDS = Object.keys(SWITCHED_OFF) as SuitedField[];

const refusedFields = (catalog: Catalog | null, optimizer: OptimizerSpec) =>
  FIELDS.filter((name) => refuses(catalog, optimizer, name));

function without({ ...optimizer }: OptimizerSpec, refused: SuitedField[]): OptimizerSpec {
  for (const name of refused) delete optimizer[name];
  if (refused.includes("batch_size")) delete optimizer.sampling;
  return optimizer;
}

/** @param before  the optimizer in force before the change */
function suitedChange(catalog: Catalog | null, before: OptimizerSpec, change: OptimizerSpec): OptimizerSpec {
  const changed = optimizerAfterChange(before, change);
  const refused = refusedFields(catalog, changed);
  if (!refused.length) return change;
  const usual = optimizerOf(catalog, before.name)?.batch_size;
  const inForce: OptimizerSpec = { batch_size: usual, ...before };
  const taken =
    change.name === undefined ? [] : refused.filter((name) => inForce[name] && SWITCHED_OFF[name] !== undefined);
  const drawn = taken.includes("batch_size") && before.sampling ? { sampling: "shuffle" } : {};
  return {
    ...without(change, refused),
    ...Object.fromEntries(taken.map((name) => [name, SWITCHED_OFF[name]])),
    ...drawn,
  };
}

/** @returns the same object if no field is refused */
export function withoutRefusedFields(catalog: Catalog | null, optimizer: OptimizerSpec): OptimizerSpec {
  const { changes = [], ...first } = optimizer;
  const refused = refusedFields(catalog, first).filter((name) => name in first);
  let before = without(first, refused);
  const firstSuited = before;
  const next = changes.map((change) => {
    const fitting = suitedChange(catalog, before, change);
    before = optimizerAfterChange(before, fitting);
    return fitting;
  });
  const same = !refused.length && sameValue(next, changes);
  return same ? optimizer : { ...firstSuited, ...(next.length ? { changes: next } : {}) };
}

/** @returns whether an optimizer can run on a problem */
export const suitsProblem = (problem: ProblemSpec, { refuses: refused = [] }: Optimizer): boolean =>
  !problem.network || !refused.includes("network");

/** @returns the entry with an optimizer that can run on a problem: its own, else the first of its family that can */
export function withSuitableOptimizer(catalog: Catalog | null, problem: ProblemSpec, entry: Entry): Entry {
  const declared = optimizerOf(catalog, entry.optimizer.name);
  if (!catalog || !declared || suitsProblem(problem, declared)) return entry;
  const able = catalog.optimizers.filter((candidate) => suitsProblem(problem, candidate));
  const { name } = able.find(({ family }) => family === declared.family) ?? able[0];
  return { ...entry, optimizer: { name } };
}
