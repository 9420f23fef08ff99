/** Where each learning rate of a run would end, as far as that has come. */
import { runRefuses } from "./phases.ts";
import { runKey } from "./state.ts";
import type { Entry, State, Sweep } from "./types.ts";

/** @returns all that the sweep of a run depends on */
export function sweepKey(state: State, entry: Entry): string {
  const { learning_rate: _, ...others } = entry.optimizer;
  return runKey(state, { ...entry, optimizer: others });
}

/** @returns what was tried of a run; undefined until it has come, and where none can be */
export const sweepOf = (state: State, { id, optimizer }: Entry): Sweep | undefined =>
  runRefuses(state.catalog, optimizer, "sweep") ? undefined : state.sweeps[id];

/** @returns whether the sweep shown is of something else */
export function isCatchingUp(state: State, entry: Entry): boolean {
  const sweep = sweepOf(state, entry);
  return sweep !== undefined && sweep.key !== sweepKey(state, entry);
}
