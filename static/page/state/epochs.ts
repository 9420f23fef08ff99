/**
 * Epochs of a run: the steps in which each point of the data was seen once. Sampling with replacement has no epochs.
 */
import { countOfPoints, hasData } from "./catalog.ts";
import type { OptimizerSpec, Run, Scene, State } from "./types.ts";

/** @returns how many of all points are there for the step that follows a row */
export function pointsThere({ first_points, changes = [] }: OptimizerSpec, all: number): (row: number) => number {
  const given = [{ at: 0, first_points }, ...changes.filter((change) => "first_points" in change)].reverse();
  return (row) => given.find(({ at }) => Number(at) <= row)?.first_points ?? all;
}

/**
 * @param batches  of each step; null: all points
 * @param there  how many points there are, by the row that a step follows; once there are others, an epoch begins
 * @returns the rows at which an epoch is over
 */
export function endsOfEpochs(batches: (number[] | null)[], there: (row: number) => number): number[] {
  const ends: number[] = [];
  let seen = 0;
  batches.forEach((batch, k) => {
    const count = there(k);
    if (k && count !== there(k - 1)) seen = 0;
    seen += batch?.length ?? count;
    if (seen < count) return;
    ends.push(k + 1);
    seen = 0;
  });
  return ends;
}

const kept: WeakMap<(number[] | null)[], { optimizer: OptimizerSpec; count: number; ends: number[] }> = new WeakMap();

/** @param index  of the run @returns the rows at which an epoch is over; none where each step sees all points */
export function epochsOf(state: State, { columns: { batch } }: Run, index: number): number[] {
  const { optimizer } = state.entries[index];
  if (!batch || !hasData(state.problem) || optimizer.sampling === "replacement") return [];
  const count = countOfPoints(state);
  const known = kept.get(batch);
  if (known?.count === count && known.optimizer === optimizer) return known.ends;
  const ends = count ? endsOfEpochs(batch, pointsThere(optimizer, count)) : [];
  kept.set(batch, { optimizer, count, ends });
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
