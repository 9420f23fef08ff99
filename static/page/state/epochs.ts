/**
 * Computes the epochs of a run: consecutive steps that use each point of the data once. Sampling with replacement has
 * none.
 */

import { countOfPoints, hasData } from "./catalog.ts";
import { chosenRunIndex } from "./chosenRun.ts";
import type { OptimizerSpec, Run, State } from "./types.ts";

/** @returns a function from a row to the number of points available to the step after it */
export function availablePoints({ first_points, changes = [] }: OptimizerSpec, all: number): (row: number) => number {
  const counts = [{ at: 0, first_points }, ...changes.filter((change) => "first_points" in change)].reverse();
  return (row) => counts.find(({ at }) => Number(at) <= row)?.first_points ?? all;
}

/**
 * @param batches  indices of the points of each step; null: all points
 * @param pointsAt  number of available points for the step after a row; whenever it changes, an epoch begins
 * @returns the rows at which an epoch ends
 */
function endsOfEpochs(batches: (number[] | null)[], pointsAt: (row: number) => number): number[] {
  const ends: number[] = [];
  let usedPoints = 0;
  batches.forEach((batch, k) => {
    const count = pointsAt(k);
    if (k && count !== pointsAt(k - 1)) usedPoints = 0;
    usedPoints += batch?.length ?? count;
    if (usedPoints < count) return;
    ends.push(k + 1);
    usedPoints = 0;
  });
  return ends;
}

const cache: WeakMap<(number[] | null)[], { optimizer: OptimizerSpec; count: number; ends: number[] }> = new WeakMap();

/** @param index  of the run @returns the rows at which an epoch ends; empty if each step uses all points */
export function epochsOf(state: State, { columns: { batch } }: Run, index: number): number[] {
  const { optimizer } = state.entries[index];
  if (!batch || !hasData(state.problem) || optimizer.sampling === "replacement") return [];
  const count = countOfPoints(state);
  const cached = cache.get(batch);
  if (cached?.count === count && cached.optimizer === optimizer) return cached.ends;
  const ends = count ? endsOfEpochs(batch, availablePoints(optimizer, count)) : [];
  cache.set(batch, { optimizer, count, ends });
  return ends;
}

/** @param ends  rows at which an epoch ends @returns the number, from 1, of the epoch of the step after a row */
export const epochAfter = (ends: number[], row: number): number => ends.filter((end) => end <= row).length + 1;

/** @returns the index of the chosen run, and the rows received at which its epochs end; null: no run is chosen */
export function epochsInSight(state: State, runs: Run[]) {
  const chosen = chosenRunIndex(state);
  if (chosen === null) return null;
  const { length } = runs[chosen];
  return { run: chosen, ends: epochsOf(state, runs[chosen], chosen).filter((end) => end < length) };
}
