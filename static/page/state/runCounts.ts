/**
 * Computes what a loss chart can count instead of steps: points used so far, each as often as it was used, or
 * evaluations of loss, gradient and Hessian so far.
 */

import type { Counts } from "../math/series.ts";
import { countOfPoints, hasData, optimizerOf } from "./catalog.ts";
import { hasMethod } from "./phases.ts";
import type { Columns, Count, OptimizerSpec, Run, Scene, State } from "./types.ts";

/** The cumulated counts by row, of each run, each ghost and each prepared run. */
export interface RunCounts {
  count: Count;
  runs: Counts[];
  ghosts: Counts[];
  prepared: Counts[];
}

const even: Map<number, Float64Array> = new Map();

/** @returns counts that grow by the same number of points in each step */
function evenCounts(size: number): Float64Array {
  const counts = even.get(size) ?? Float64Array.of(0, size);
  even.set(size, counts);
  return counts;
}

const totals: WeakMap<Columns, Float64Array> = new WeakMap();

/** @returns the evaluations of a method up to each row; null for a rule, which evaluates one gradient per step */
function evaluationsOf({ columns, length }: Run): Counts {
  const { evaluations } = columns;
  if (!evaluations) return null;
  const cached = totals.get(columns);
  if (cached?.length === length) return cached;
  const total = Float64Array.from({ length }, (_, row) => evaluations.reduce((sum, counts) => sum + counts[row], 0));
  totals.set(columns, total);
  return total;
}

const cache: WeakMap<Columns, { pointCount: number; counts: Float64Array }> = new WeakMap();

/** @returns the points used up to each row. @param all  number of points of an evaluation without a batch */
function pointCountsOf(run: Run, all: number): Float64Array {
  const { columns, length } = run;
  const cached = cache.get(columns);
  if (cached?.pointCount === all && cached.counts.length === length) return cached.counts;
  const evaluated = evaluationsOf(run);
  const counts = new Float64Array(length);
  for (let row = 1; row < length; row++) {
    const times = evaluated ? evaluated[row] - evaluated[row - 1] : 1;
    counts[row] = counts[row - 1] + times * (columns.batch?.[row - 1]?.length ?? all);
  }
  cache.set(columns, { pointCount: all, counts });
  return counts;
}

function pointsSeen(state: State, run: Run, { batch_size, name }: OptimizerSpec): Counts {
  const all = countOfPoints(state) || 1;
  const { batch, evaluations } = run.columns;
  if (batch?.length || evaluations) return pointCountsOf(run, all);
  return evenCounts((batch_size === undefined ? optimizerOf(state.catalog, name)?.batch_size : batch_size) ?? all);
}

/** @returns whether any run takes some of its steps by a method that is not a rule */
export const hasMethods = ({ catalog, entries }: State): boolean =>
  entries.some(({ optimizer }) => hasMethod(catalog, optimizer));

/** The runs that a loss chart draws. */
type DrawnRuns = Pick<Scene, "wholeRuns" | "ghosts" | "prepared">;

/** @returns null: the chart counts steps */
export function runCountsOf(state: State, { wholeRuns, ghosts, prepared }: DrawnRuns): RunCounts | null {
  const { count } = state;
  const by =
    count === "evaluations"
      ? evaluationsOf
      : count === "samples" && hasData(state.problem)
        ? (run: Run, optimizer: OptimizerSpec) => pointsSeen(state, run, optimizer)
        : null;
  const optimizer = (index: number) => state.entries[index].optimizer;
  return (
    by && {
      count,
      runs: wholeRuns.map((run, k) => by(run, optimizer(k))),
      ghosts: ghosts.map(({ run, index }) => by(run, optimizer(index))),
      prepared: prepared.map(({ run, before: was }) => by(run, was)),
    }
  );
}
