/** The sweep over the rates of a run, and its key. */
import { lastKeyOf, lastOf } from "./known.ts";
import { runRefuses } from "./phases.ts";
import { runKey } from "./state.ts";
import type { Entry, State, Sweep } from "./types.ts";

/** @returns all that the sweep of a run depends on */
export function sweepKey(state: State, entry: Entry): string {
  const { learning_rate: _, ...others } = entry.optimizer;
  return runKey(state, { ...entry, optimizer: others });
}

/** @returns whether what rates lead to would answer what a scene asks, or what its change will do */
export const hidesSweeps = ({ hides, proposes, presetIs }: State): boolean =>
  hides || (proposes && presetIs === "prepared");

/** @returns what was tried of a run; undefined until it has come, where none can be, and while it is hidden */
export const sweepOf = (state: State, { id, optimizer }: Entry): Sweep | undefined =>
  hidesSweeps(state) || runRefuses(state.catalog, optimizer, "sweep") ? undefined : lastOf(state, "sweep", id);

/** @returns whether the sweep shown is of something else */
export const isCatchingUp = (state: State, entry: Entry): boolean =>
  sweepOf(state, entry) !== undefined && lastKeyOf(state, "sweep", entry.id) !== sweepKey(state, entry);
