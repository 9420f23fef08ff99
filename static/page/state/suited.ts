/** Leaves out of an optimizer what its method refuses, as the server would refuse the run. */
import { sameValue } from "../math/values.ts";
import { optimizerOf, refuses } from "./catalog.ts";
import { changedTo } from "./phases.ts";
import type { Catalog, Entry, Optimizer, OptimizerSpec, ProblemSpec } from "./types.ts";

/** Fields that a method may refuse, and the values by which a change on the way switches them off. */
const INSTEAD = { batch_size: null, first_points: null, noise: 0, schedule: undefined };
type SuitedField = keyof typeof INSTEAD;
const FIELDS = Object.keys(INSTEAD) as SuitedField[];

const refusedFields = (catalog: Catalog | null, optimizer: OptimizerSpec) =>
  FIELDS.filter((name) => refuses(catalog, optimizer, name));

function without({ ...optimizer }: OptimizerSpec, refused: SuitedField[]): OptimizerSpec {
  for (const name of refused) delete optimizer[name];
  if (refused.includes("batch_size")) delete optimizer.sampling;
  return optimizer;
}

/** @param before  the optimizer that the change follows, as it is in force */
function suitedChange(catalog: Catalog | null, before: OptimizerSpec, change: OptimizerSpec): OptimizerSpec {
  const changed = changedTo(before, change);
  const refused = refusedFields(catalog, changed);
  if (!refused.length) return change;
  const usual = optimizerOf(catalog, before.name)?.batch_size;
  const inForce: OptimizerSpec = { batch_size: usual, ...before };
  const taken = change.name === undefined ? [] : refused.filter((name) => inForce[name] && INSTEAD[name] !== undefined);
  const drawn = taken.includes("batch_size") && before.sampling ? { sampling: "shuffle" } : {};
  return {
    ...without(change, refused),
    ...Object.fromEntries(taken.map((name) => [name, INSTEAD[name]])),
    ...drawn,
  };
}

/** @returns the same where all of it goes together */
export function withoutRefusedFields(catalog: Catalog | null, optimizer: OptimizerSpec): OptimizerSpec {
  const { changes = [], ...first } = optimizer;
  const refused = refusedFields(catalog, first).filter((name) => name in first);
  let before = without(first, refused);
  const firstSuited = before;
  const next = changes.map((change) => {
    const fitting = suitedChange(catalog, before, change);
    before = changedTo(before, fitting);
    return fitting;
  });
  const same = !refused.length && sameValue(next, changes);
  return same ? optimizer : { ...firstSuited, ...(next.length ? { changes: next } : {}) };
}

/** @returns whether an optimizer can run on a problem */
export const isFor = (problem: ProblemSpec, { refuses: refused = [] }: Optimizer): boolean =>
  !problem.network || !refused.includes("network");

/** The entry with an optimizer that runs on the problem: its own, else the first of its family that does. */
export function runningOn(catalog: Catalog | null, problem: ProblemSpec, entry: Entry): Entry {
  const declared = optimizerOf(catalog, entry.optimizer.name);
  if (!catalog || !declared || isFor(problem, declared)) return entry;
  const able = catalog.optimizers.filter((candidate) => isFor(problem, candidate));
  const { name } = able.find(({ family }) => family === declared.family) ?? able[0];
  return { ...entry, optimizer: { name } };
}
