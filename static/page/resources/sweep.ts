/** Where each learning rate would end, one run after another, once nothing moves. */

import { runRefuses } from "../state/phases.ts";
import { paramsOf } from "../state/ruleNames.ts";
import { hasRun, runKey, specOf } from "../state/state.ts";
import type { Entry, State, Sweep } from "../state/types.ts";
import type { Resource, Wish } from "./resource.ts";

/** @returns all that the sweep of a run depends on */
function sweepKey(state: State, entry: Entry): string {
  const { learning_rate: _, ...others } = entry.optimizer;
  return runKey(state, { ...entry, optimizer: others });
}

/** @returns what was tried of a run; undefined until it has come, and where none can be */
export const sweepOf = (state: State, { id, optimizer }: Entry): Sweep | undefined =>
  runRefuses(state.catalog, optimizer, "sweep") ? undefined : state.sweeps[id];

/** @returns whether the sweep shown is of something else */
export function isCatchingUp(state: State, entry: Entry): boolean {
  const sweep = sweepOf(state, entry);
  return sweep !== undefined && sweep.key !== sweepKey(state, entry);
}

/** Values tried in each decade of the slider. */
const PER_DECADE = 12;

type SweptRange = { from: number; to: number; count: number };

function rangeOf({ catalog }: State, { optimizer }: Entry): SweptRange | null {
  const rate = paramsOf(catalog, optimizer).find((param) => param.name === "learning_rate");
  if (!rate || runRefuses(catalog, optimizer, "sweep")) return null;
  return { from: rate.min, to: rate.max, count: Math.round(Math.log10(rate.max / rate.min) * PER_DECADE) + 1 };
}

export const sweep: Resource<Wish & { entry: Entry; range: SweptRange }> = {
  name: "sweep",
  atRest: true,
  wishes(state) {
    if (!state.showsSweeps || !state.catalog) return [];
    const first = [...state.entries].sort((a, b) => Number(b.id === state.selected) - Number(a.id === state.selected));
    return first.flatMap((entry) => {
      const [key, range] = [sweepKey(state, entry), rangeOf(state, entry)];
      const missing = hasRun(state, entry) && !entry.hidden && state.sweeps[entry.id]?.key !== key;
      return missing && range ? [{ key, entry, range }] : [];
    });
  },
  async request({ key, entry, range }, asked, { api, signal }) {
    const came = await api.getSweep(specOf(asked, [entry]), { learning_rate: range }, signal);
    // One serves all that differ in the rate alone.
    return (state) => {
      const alike = state.entries.filter((other) => sweepKey(state, other) === key);
      const swept = Object.fromEntries(alike.map(({ id }) => [id, { ...came, key }]));
      return { ...state, sweeps: { ...state.sweeps, ...swept } };
    };
  },
};
