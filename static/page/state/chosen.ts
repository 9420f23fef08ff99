/** The run that is explained. */
import { presetOf } from "./preset.ts";
import type { Entry, State } from "./types.ts";

/**
 * @returns the index of the selected run; else of the run that the preset proposes to change; else of the first in
 * sight; null where none is
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
