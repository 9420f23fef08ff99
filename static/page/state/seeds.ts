/** Runs that depend on a seed: the bands of their losses over many seeds. */
import { hasData, optimizerOf } from "./catalog.ts";
import { valueIn } from "./known.ts";
import { runKey } from "./state.ts";
import type { Band, Bundle, Entry, OptimizerSpec, State } from "./types.ts";

/** Seeds that the loss chart shows, from 0 on. */
export const SEEDS = 20;

/** @returns whether a run with another seed is another run */
export function isRandom({ catalog, problem, start }: State, { optimizer }: Entry): boolean {
  const draws = ({ noise, batch_size, name }: OptimizerSpec) =>
    Boolean(noise) ||
    (hasData(problem) && (batch_size === undefined ? optimizerOf(catalog, name)?.batch_size : batch_size) != null);
  const drawsStart = problem.network !== undefined && start === null;
  return drawsStart || [optimizer, ...(optimizer.changes ?? [])].some(draws);
}

/** @returns all that the band of a run depends on, as text: not on its own seed */
export const bandKey = (state: State, entry: Entry): string => runKey({ ...state, seed: 0 }, entry);

/** @returns null: none is shown, or it is of before a change */
export function bundleOf(state: State): Bundle | null {
  const { bundle, entries } = state;
  const entry = bundle?.entries === entries && entries.find(({ id }) => id === bundle.id);
  return entry && bundle?.bandKey === bandKey(state, entry) ? bundle : null;
}

export const setBundle = (state: State, bundle: Bundle | null): State => ({ ...state, bundle });

/**
 * @returns the band of each run, null where it has not come; beside a bundle that of its run alone. null: no bands are
 * shown
 */
export function bandsOf(state: State): (Band | null)[] | null {
  const bundle = bundleOf(state);
  if (!state.seeds && !bundle) return null;
  return state.entries.map((entry) => {
    const key = bandKey(state, entry);
    const band = bundle ? bundle.id === entry.id && bundle.bandKey === key && bundle.band : valueIn(state, "band", key);
    return (isRandom(state, entry) && band) || null;
  });
}
