/** Asks where each learning rate would end, one run after another, once nothing moves. */

import { Refused } from "../../service/http.ts";
import { runRefuses } from "../../state/phases.ts";
import { receiveSweep } from "../../state/receiving.ts";
import { paramsOf } from "../../state/ruleNames.ts";
import { runKey, specOf } from "../../state/state.ts";
import type { Store } from "../../state/store.ts";
import type { Entry, State, Sweep } from "../../state/types.ts";
import type { createLane } from "./lane.ts";

/** Values tried in each decade of the slider. */
const PER_DECADE = 12;

/** @returns all that its sweep depends on */
export function sweepKey(state: State, entry: Entry): string {
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

function range(state: State, entry: Entry): { from: number; to: number; count: number } | null {
  const rate = paramsOf(state.catalog, entry.optimizer).find((param) => param.name === "learning_rate");
  if (!rate || runRefuses(state.catalog, entry.optimizer, "sweep")) return null;
  return { from: rate.min, to: rate.max, count: Math.round(Math.log10(rate.max / rate.min) * PER_DECADE) + 1 };
}

export function createSweeps(
  { store, getSweep }: { store: Store; getSweep: typeof import("../../service/api.ts").getSweep },
  lane: ReturnType<typeof createLane>,
) {
  /** Sweeps the server will not make. */
  const refused: Set<string> = new Set();

  function missing(state: State) {
    const first = [...state.entries].sort((a, b) => Number(b.id === state.selected) - Number(a.id === state.selected));
    return first.find((entry) => {
      const key = sweepKey(state, entry);
      const ran = state.runs[entry.id]?.key === runKey(state, entry) && state.runs[entry.id].end !== null;
      return ran && !entry.hidden && !refused.has(key) && state.sweeps[entry.id]?.key !== key && range(state, entry);
    });
  }

  const start = (state: State, entry: Entry, key: string) => async (signal: AbortSignal) => {
    const over = { learning_rate: range(state, entry) as { from: number; to: number; count: number } };
    try {
      const wire = await getSweep(specOf(state, [entry]), over, signal);
      const alike = store
        .get()
        .entries.filter((other) => sweepKey(store.get(), other) === key)
        .map(({ id }) => id);
      store.update(receiveSweep, alike, { ...wire, key });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.add(key);
    }
  };

  return {
    sync(state: State) {
      const entry = state.moving || !state.catalog ? undefined : missing(state);
      if (!entry) return lane.rest();
      const key = sweepKey(state, entry);
      lane.wish({ key, start: start(state, entry, key) });
    },
  };
}
