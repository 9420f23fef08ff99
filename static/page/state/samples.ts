/**
 * What a loss chart counts in place of steps, by row: how many points a run has seen, each as often as it was used, or
 * how often loss, gradient and Hessian were evaluated.
 */

import type { Counts } from "../math/series.ts";
import { countOfPoints, hasData, optimizerOf } from "./catalog.ts";
import { hasMethod } from "./phases.ts";
import type { Columns, Count, OptimizerSpec, Run, Scene, State } from "./types.ts";

/** of each run, of each ghost, and of each run as prepared */
export interface RunCounts {
  count: Count;
  runs: Counts[];
  ghosts: Counts[];
  prepared: Counts[];
}

const even: Map<number, Float64Array> = new Map();

/** @param size  points a step, all of them alike */
function evenly(size: number): Float64Array {
  const counts = even.get(size) ?? Float64Array.of(0, size);
  even.set(size, counts);
  return counts;
}

const totals: WeakMap<Columns, Float64Array> = new WeakMap();

/** @returns by each row, all that a method has evaluated; null of a rule, which evaluates its gradient once a step */
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

/** @param all  the points that each evaluation sees where it is of no batch */
function summed(run: Run, all: number): Float64Array {
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

function seenBy(state: State, run: Run, { batch_size, name }: OptimizerSpec): Counts {
  const all = countOfPoints(state) || 1;
  const { batch, evaluations } = run.columns;
  if (batch?.length || evaluations) return summed(run, all);
  return evenly((batch_size === undefined ? optimizerOf(state.catalog, name)?.batch_size : batch_size) ?? all);
}

/** @returns whether a run takes some of its steps by a method that is no rule */
export const hasMethods = ({ catalog, entries }: State): boolean =>
  entries.some(({ optimizer }) => hasMethod(catalog, optimizer));

/** Runs that a chart draws. */
type DrawnRuns = Pick<Scene, "wholeRuns" | "ghosts" | "prepared">;

/** @returns null where the chart counts steps */
export function countedOf(state: State, { wholeRuns, ghosts, prepared }: DrawnRuns): RunCounts | null {
  const { count } = state;
  const by =
    count === "evaluations"
      ? evaluationsOf
      : count === "samples" && hasData(state.problem)
        ? (run: Run, optimizer: OptimizerSpec) => seenBy(state, run, optimizer)
        : null;
  const optimizer = (index: number) => state.entries[index].optimizer;
  return (
    by && {
      count,
      runs: wholeRuns.map((run, k) => by(run, optimizer(k))),
      ghosts: ghosts.map(({ run, index }) => by(run, optimizer(index))),
      prepared: prepared.map(({ run, was }) => by(run, was)),
    }
  );
}
