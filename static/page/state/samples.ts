/** How many points a run has seen by each of its steps, each point counted as often as it was used. */

import type { Counts } from "../math/series.ts";
import { countOfPoints, hasData, optimizerOf } from "./catalog.ts";
import type { Run, State } from "./types.ts";

const even: Map<number, Float64Array> = new Map();

/** @param size  points a step, all of them alike */
function evenly(size: number): Float64Array {
  const counts = even.get(size) ?? Float64Array.of(0, size);
  even.set(size, counts);
  return counts;
}

const kept: WeakMap<(number[] | null)[], { all: number; counts: Float64Array }> = new WeakMap();

function summed(batch: (number[] | null)[], all: number): Float64Array {
  const known = kept.get(batch);
  if (known?.all === all) return known.counts;
  const counts = new Float64Array(batch.length + 1);
  for (const [k, points] of batch.entries()) counts[k + 1] = counts[k] + (points?.length ?? all);
  kept.set(batch, { all, counts });
  return counts;
}

/** @param index  of the run */
function seenBy(state: State, { columns: { batch } }: Run, index: number): Counts {
  const { batch_size, name } = state.entries[index].optimizer;
  const all = countOfPoints(state) || 1;
  if (batch?.length) return summed(batch, all);
  return evenly((batch_size === undefined ? optimizerOf(state.catalog, name)?.batch_size : batch_size) ?? all);
}

/** @returns of each run; null where the chart counts steps */
export const samplesSeen = (state: State, runs: Run[]): Counts[] | null =>
  state.samples && hasData(state.problem) ? runs.map((run, k) => seenBy(state, run, k)) : null;
