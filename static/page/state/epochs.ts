/**
 * Epochs of a run: the steps in which each point of the data was seen once. Sampling with replacement has no epochs.
 */
import { countOfPoints, hasData } from "./catalog.ts";
import type { OptimizerSpec, Run, Scene, State } from "./types.ts";

/** @returns how many of all points are there for the step that follows a row */
export function pointsThere({ first_points, changes = [] }: OptimizerSpec, all: number): (row: number) => number {
  const counts = [{ at: 0, first_points }, ...changes.filter((change) => "first_points" in change)].reverse();
  return (row) => counts.find(({ at }) => Number(at) <= row)?.first_points ?? all;
}

/**
 * @param batches  of each step; null: all points
 * @param pointsAt  how many points there are, by the row that a step follows; once there are others, an epoch begins
 * @returns the rows at which an epoch is over
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

/** @param index  of the run @returns the rows at which an epoch is over; none where each step sees all points */
export function epochsOf(state: State, { columns: { batch } }: Run, index: number): number[] {
  const { optimizer } = state.entries[index];
  if (!batch || !hasData(state.problem) || optimizer.sampling === "replacement") return [];
  const count = countOfPoints(state);
  const cached = cache.get(batch);
  if (cached?.count === count && cached.optimizer === optimizer) return cached.ends;
  const ends = count ? endsOfEpochs(batch, pointsThere(optimizer, count)) : [];
  cache.set(batch, { optimizer, count, ends });
  return ends;
}

/** @param ends  of epochs @returns the epoch, from 1, that the step after a row belongs to */
export const epochAfter = (ends: number[], row: number): number => ends.filter((end) => end <= row).length + 1;

/** @returns of the chosen run, by its index, the epochs that are over in sight; null: none is chosen */
export function epochsIn(state: State, { chosen, runs }: Pick<Scene, "chosen" | "runs">) {
  if (chosen === null) return null;
  const { length } = runs[chosen];
  return { run: chosen, ends: epochsOf(state, runs[chosen], chosen).filter((end) => end < length) };
}
