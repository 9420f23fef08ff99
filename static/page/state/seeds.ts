/** Runs that depend on their seed: bands of their losses over many seeds, and bundles of runs with each seed. */
import { hasData, optimizerOf } from "./catalog.ts";
import { replyFor } from "./replies.ts";
import { runKey } from "./state.ts";
import type { Band, Bundle, Entry, OptimizerSpec, State } from "./types.ts";

/** The number of seeds of a band, from 0 on. */
export const SEEDS = 20;

/** @returns whether a run depends on its seed: it has noise, batches or a random start */
export function isRandom({ catalog, problem, start }: State, { optimizer }: Entry): boolean {
  const draws = ({ noise, batch_size, name }: OptimizerSpec) =>
    Boolean(noise) ||
    (hasData(problem) && (batch_size === undefined ? optimizerOf(catalog, name)?.batch_size : batch_size) != null);
  const drawsStart = problem.network !== undefined && start === null;
  return drawsStart || [optimizer, ...(optimizer.changes ?? [])].some(draws);
}

/** @returns the key of the band of a run, which does not depend on the run's own seed */
export const bandKey = (state: State, entry: Entry): string => runKey({ ...state, seed: 0 }, entry);

/** @returns the bundle that shows; null: there is none, or runs were changed since */
export function bundleOf(state: State): Bundle | null {
  const { bundle, entries } = state;
  const entry = bundle?.entries === entries && entries.find(({ id }) => id === bundle.id);
  return entry && bundle?.bandKey === bandKey(state, entry) ? bundle : null;
}

export const setBundle = (state: State, bundle: Bundle | null): State => ({ ...state, bundle });

/**
 * @returns the band of each run, null until received and for runs that do not depend on a seed; with a bundle that of
 *   its run alone. Null in place of the list: no bands show
 */
export function bandsOf(state: State): (Band | null)[] | null {
  const bundle = bundleOf(state);
  if (!state.seeds && !bundle) return null;
  return state.entries.map((entry) => {
    const key = bandKey(state, entry);
    const band = bundle
      ? bundle.id === entry.id && bundle.bandKey === key && bundle.band
      : replyFor(state, "band", key);
    return (isRandom(state, entry) && band) || null;
  });
}
