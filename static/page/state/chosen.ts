/** The run that is explained. */
import { presetInPlace, presetOfRuns } from "./exercise.ts";
import { isRefused } from "./state.ts";
import type { Entry, State } from "./types.ts";

/**
 * @returns the index of the selected run; else of the run that the preset proposes to change; else, of networks without
 * a preset, of the one that ends lowest; else of the first in sight; null where none is
 */
export function chosenRun(state: State): number | null {
  const { entries, selected } = state;
  const at = entries.findIndex(({ id }) => id === selected);
  if (at >= 0) return at;
  const tried = presetOfRuns(state)?.change?.control.run ?? -1;
  if (entries[tried] && !entries[tried].hidden) return tried;
  const inSight = [...entries.keys()].filter((k) => !entries[k].hidden);
  // Of a run that has not ended the loss is not a number, which is not lower than any; one that was refused never ends.
  const lastLoss = (k: number) => {
    const run = state.runs[entries[k].id];
    if (isRefused(state, entries[k])) return Infinity;
    return run?.end ? run.columns.loss[run.length - 1] : Number.NaN;
  };
  const ranks = state.problem.network && !presetInPlace(state);
  return inSight.reduce((best, k) => (ranks && lastLoss(k) < lastLoss(best) ? k : best), inSight[0] ?? null);
}

export const chosenEntry = (state: State): Entry | null => state.entries[chosenRun(state) ?? -1] ?? null;
