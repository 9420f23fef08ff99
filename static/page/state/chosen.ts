/** The run that is meant where one is explained: of a scene and of the state the same. */
import { presetOf } from "./preset.ts";
import type { Entry, State } from "./types.ts";

/**
 * @returns the index of the selected run, else of that which the preset has something tried with, else of the first;
 * null where none is in sight
 */
export function chosenRun(state: State): number | null {
  const { entries, selected } = state;
  const at = entries.findIndex(({ id }) => id === selected);
  if (at >= 0) return at;
  const tried = presetOf(state, "prepared", "changed", "varied")?.change?.control.run ?? -1;
  if (entries[tried] && !entries[tried].hidden) return tried;
  const first = entries.findIndex(({ hidden }) => !hidden);
  return first < 0 ? null : first;
}

export const chosenEntry = (state: State): Entry | null => state.entries[chosenRun(state) ?? -1] ?? null;
