/** The sweep over the rates of a run, and its key. */

import { minimumLetters, minimumNear } from "../math/near.ts";
import { replaceEqual } from "../memo.ts";
import { hidesAhead, presetOf } from "./exercise.ts";
import { lastKeyOf, lastOf } from "./known.ts";
import { runRefuses } from "./phases.ts";
import { runKey } from "./state.ts";
import type { Entry, Minimum, State, Sweep } from "./types.ts";

/** @returns all that the sweep of a run depends on */
export function sweepKey(state: State, entry: Entry): string {
  const { learning_rate: _, ...others } = entry.optimizer;
  return runKey(state, { ...entry, optimizer: others });
}

/** @returns whether it stays hidden what rates lead to: until a scene is set otherwise, and while what lies ahead is */
export const hidesSweeps = (state: State): boolean => hidesAhead(state) || presetOf(state, "prepared") !== null;

/** @returns what was tried of a run, as it came */
const repliedSweep = (state: State, { id, optimizer }: Entry): Sweep | undefined =>
  hidesSweeps(state) || runRefuses(state.catalog, optimizer, "sweep") ? undefined : lastOf(state, "sweep", id);

/**
 * @returns the minima of a problem, then those on its map in which its rates end, from left to right, each with its
 * loss; without these where all together are too many for letters
 */
function minimaOfRates(state: State): number[][] {
  const { key, problem } = state.problemOnMap ?? {};
  const problemMinima = problem?.minima.map(({ at, loss }) => [...at, loss]) ?? [];
  const reachedMinima: number[][] = [];
  for (const entry of state.entries) {
    const { end, minima } = repliedSweep(state, entry) ?? {};
    if (!problem || !end || !minima || !lastKeyOf(state, "sweep", entry.id)?.startsWith(`[${key},`)) continue;
    const isOnMap = (minimum: number[]) =>
      problem.domain.every((axis, k) => axis[0] <= minimum[k] && minimum[k] <= axis[axis.length - 1]);
    for (const k of new Set(end.filter((index) => index >= 0)))
      if (isOnMap(minima[k]) && minimumNear([...problemMinima, ...reachedMinima], problem.domain, minima[k]) < 0)
        reachedMinima.push(minima[k]);
  }
  const all = [...problemMinima, ...reachedMinima.sort((a, b) => a[0] - b[0] || a[1] - b[1])];
  return minimumLetters(all.length).length ? all : problemMinima;
}

/** @returns the minima that sliders name and the problem does not know; none where all rates end in one */
export function foundMinima(state: State): Minimum[] {
  const minima = minimaOfRates(state);
  if (minima.length < 2) return [];
  return minima
    .slice(state.problemOnMap?.problem.minima.length)
    .map((minimum) => ({ at: minimum.slice(0, -1), loss: minimum[minimum.length - 1] }));
}

/** Sweeps as they were numbered last. */
const numbered: WeakMap<Sweep, Sweep> = new WeakMap();

/**
 * @returns what was tried of a run, with its minima numbered as on the map, alike for all runs; undefined until it has
 * come, where none can be, and while it is hidden
 */
export function sweepOf(state: State, entry: Entry): Sweep | undefined {
  const sweep = repliedSweep(state, entry);
  const minima = minimaOfRates(state);
  if (!sweep?.minima || !state.problemOnMap) return sweep;
  const { domain } = state.problemOnMap.problem;
  const numbers = sweep.minima.map((minimum) => minimumNear(minima, domain, minimum));
  const numberedSweep = { ...sweep, end: sweep.end?.map((index) => numbers[index] ?? index) ?? null, minima };
  const lastNumbered = replaceEqual(numbered.get(sweep), numberedSweep);
  numbered.set(sweep, lastNumbered);
  return lastNumbered;
}

/** @returns the minima in which rates of the runs end, by index; none where that is one, or they have no letters */
export function endsOfRates(state: State): number[] {
  const ends = new Set(state.entries.flatMap((entry) => sweepOf(state, entry)?.end?.filter((end) => end >= 0) ?? []));
  const hasLetters = minimumLetters(minimaOfRates(state).length).length > 0;
  return hasLetters && ends.size > 1 ? [...ends].sort((a, b) => a - b) : [];
}

/** @returns whether the sweep shown is of something else */
export const isCatchingUp = (state: State, entry: Entry): boolean =>
  sweepOf(state, entry) !== undefined && lastKeyOf(state, "sweep", entry.id) !== sweepKey(state, entry);
