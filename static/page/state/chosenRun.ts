/** Chooses the run that is explained: the selected one, or the one most worth explaining. */
import { presetOfLandscape, presetOfRuns, presetWithStatus } from "./exercise.ts";
import { isRefused } from "./state.ts";
import type { Entry, State } from "./types.ts";

/**
 * @returns the index of the selected run; else of the run that the preset tells of, while its runs are as prepared;
 *   else of the one that it proposes to change; else, for networks without a preset, of the run with the lowest last
 *   loss; else of the first visible one; null if none is visible
 */
export function chosenRunIndex(state: State): number | null {
  const { entries, selected } = state;
  const at = entries.findIndex(({ id }) => id === selected);
  if (at >= 0) return at;
  const telling = presetWithStatus(state, "prepared")?.telling;
  const preferred = telling?.run ?? presetOfRuns(state)?.change?.control.run ?? -1;
  if (entries[preferred] && !entries[preferred].hidden) return preferred;
  const inSight = [...entries.keys()].filter((k) => !entries[k].hidden);
  // While a run has not ended, NaN keeps it from counting as lowest. A refused run never ends.
  const lastLoss = (k: number) => {
    const run = state.runs[entries[k].id];
    if (isRefused(state, entries[k])) return Infinity;
    return run?.end ? run.columns.loss[run.length - 1] : Number.NaN;
  };
  const ranks = state.problem.network && !presetOfLandscape(state);
  return inSight.reduce((best, k) => (ranks && lastLoss(k) < lastLoss(best) ? k : best), inSight[0] ?? null);
}

export const chosenEntry = (state: State): Entry | null => state.entries[chosenRunIndex(state) ?? -1] ?? null;
