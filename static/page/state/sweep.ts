/** Selects the sweeps over the learning rates of the runs, and numbers their minima alike for sliders and map. */

import { minimumLetters, minimumNear } from "../math/near.ts";
import { keepEqual } from "../memo.ts";
import { hasRate } from "./catalog.ts";
import { hidesAhead, presetWithStatus } from "./exercise.ts";
import { drawnKey, drawnReply } from "./replies.ts";
import { runKey } from "./state.ts";
import type { Entry, Minimum, RunSweep, State, Sweep } from "./types.ts";

/** @returns a key of all that the sweep of a run depends on: not its learning rate */
export function sweepKey(state: State, entry: Entry): string {
  const { learning_rate: _, ...others } = entry.optimizer;
  return runKey(state, { ...entry, optimizer: others });
}

/** @returns whether sweeps are hidden: while rows ahead are, and while a preset is as prepared */
export const hidesSweeps = (state: State): boolean => hidesAhead(state) || presetWithStatus(state, "prepared") !== null;

/** @returns the sweep of a run as received, with its own numbers of minima */
const repliedSweep = (state: State, { id, optimizer }: Entry): RunSweep | undefined =>
  hidesSweeps(state) || !hasRate(state.catalog, optimizer) ? undefined : drawnReply(state, "sweep", id);

/**
 * @returns the known minima of the problem, then further ones on its map in which rates of the runs end, from left to
 *   right; of each the parameters, then the loss. Without the further ones if all are too many for letters
 */
function minimaOfRates(state: State): number[][] {
  const { key, problem } = state.problemOnMap ?? {};
  const problemMinima = problem?.minima.map(({ at, loss }) => [...at, loss]) ?? [];
  const reachedMinima: number[][] = [];
  for (const entry of state.entries) {
    const { end, minima, problemKey } = repliedSweep(state, entry) ?? {};
    if (!problem || !end || !minima || problemKey !== key) continue;
    const isOnMap = (minimum: number[]) =>
      problem.domain.every((axis, k) => axis[0] <= minimum[k] && minimum[k] <= axis[axis.length - 1]);
    for (const k of new Set(end.filter((index) => index >= 0)))
      if (isOnMap(minima[k]) && minimumNear([...problemMinima, ...reachedMinima], problem.domain, minima[k]) < 0)
        reachedMinima.push(minima[k]);
  }
  const all = [...problemMinima, ...reachedMinima.sort((a, b) => a[0] - b[0] || a[1] - b[1])];
  return minimumLetters(all.length).length ? all : problemMinima;
}

/** @returns the minima found by sweeps that the problem does not list; none if all rates end in a single minimum */
export function foundMinima(state: State): Minimum[] {
  const minima = minimaOfRates(state);
  if (minima.length < 2) return [];
  return minima
    .slice(state.problemOnMap?.problem.minima.length)
    .map((minimum) => ({ at: minimum.slice(0, -1), loss: minimum[minimum.length - 1] }));
}

/** The renumbered sweep of each received one, as last computed. */
const numbered: WeakMap<Sweep, Sweep> = new WeakMap();

/**
 * @returns the sweep of a run with its minima numbered as on the map, alike for all runs; undefined: not received,
 *   hidden, or impossible for its optimizer
 */
export function sweepOf(state: State, entry: Entry): Sweep | undefined {
  const sweep = repliedSweep(state, entry);
  const minima = minimaOfRates(state);
  if (!sweep?.minima || !state.problemOnMap) return sweep;
  const { domain } = state.problemOnMap.problem;
  const numbers = sweep.minima.map((minimum) => minimumNear(minima, domain, minimum));
  const numberedSweep = { ...sweep, end: sweep.end?.map((index) => numbers[index] ?? index) ?? null, minima };
  const lastNumbered = keepEqual(numbered.get(sweep), numberedSweep);
  numbered.set(sweep, lastNumbered);
  return lastNumbered;
}

/** @returns indices, ascending, of the minima in which rates of the runs end; empty if only one, or without letters */
export function endsOfRates(state: State): number[] {
  const ends = new Set(state.entries.flatMap((entry) => sweepOf(state, entry)?.end?.filter((end) => end >= 0) ?? []));
  const hasLetters = minimumLetters(minimaOfRates(state).length).length > 0;
  return hasLetters && ends.size > 1 ? [...ends].sort((a, b) => a - b) : [];
}

/** @returns whether the sweep that is drawn belongs to earlier settings of the run */
export const isSweepOutdated = (state: State, entry: Entry): boolean =>
  sweepOf(state, entry) !== undefined && drawnKey(state, "sweep", entry.id) !== sweepKey(state, entry);
