/** Epochs of a run: the steps in which all points were seen once. A run that draws them with replacement has none. */
import { countOfPoints, hasData } from "./catalog.ts";
import type { Run, State } from "./types.ts";

/**
 * @param batches  of each step; null: all points
 * @param count  points there are
 * @returns the rows at which an epoch is over
 */
export function endsOfEpochs(batches: (number[] | null)[], count: number): number[] {
  const ends: number[] = [];
  if (count === 0) return ends;
  let seen = 0;
  batches.forEach((batch, k) => {
    seen += batch?.length ?? count;
    if (seen < count) return;
    ends.push(k + 1);
    seen = 0;
  });
  return ends;
}

const kept: WeakMap<(number[] | null)[], { count: number; ends: number[] }> = new WeakMap();

/** @param index  of the run @returns the rows at which an epoch is over; none where each step sees all points */
export function epochsOf(state: State, { columns: { batch } }: Run, index: number): number[] {
  const { sampling } = state.entries[index].optimizer;
  if (!batch || !hasData(state.problem) || sampling === "replacement") return [];
  const count = countOfPoints(state);
  const known = kept.get(batch);
  if (known?.count === count) return known.ends;
  const ends = endsOfEpochs(batch, count);
  kept.set(batch, { count, ends });
  return ends;
}

/** @param ends  of epochs @returns the epoch, from 1, that the step after a row belongs to */
export const epochAfter = (ends: number[], row: number): number => ends.filter((end) => end <= row).length + 1;
