/** Where each learning rate of a run would end, asked for one run after another once nothing moves. */

import { hasRate } from "../state/catalog.ts";
import { hasRun, problemKey, specOf } from "../state/state.ts";
import { sweepKey } from "../state/sweep.ts";
import type { Entry, State } from "../state/types.ts";
import { type Need, type ResourceInState, replyOf } from "./resource.ts";

/** Values tried in each decade of the slider. */
const PER_DECADE = 12;

type SweptRange = { from: number; to: number; count: number };

/** The rates of a sweep; for a rule of one's own those of any rule. */
function rangeOf({ catalog }: State, { optimizer }: Entry): SweptRange | null {
  if (!catalog || !hasRate(catalog, optimizer)) return null;
  const alike = catalog.optimizers.filter(({ name, rule }) => (optimizer.rule ? rule !== "" : name === optimizer.name));
  const rate = alike.flatMap(({ params }) => params).find(({ name }) => name === "learning_rate");
  return rate
    ? { from: rate.min, to: rate.max, count: Math.round(Math.log10(rate.max / rate.min) * PER_DECADE) + 1 }
    : null;
}

/** Runs that differ in their rate alone share a sweep. */
export const sweep: ResourceInState<"sweep", Need & { entry: Entry; range: SweptRange }> = {
  name: "sweep",
  atRest: true,
  needs(state) {
    if (!state.showsSweeps) return [];
    const first = [...state.entries].sort((a, b) => Number(b.id === state.selected) - Number(a.id === state.selected));
    return first.flatMap((entry) => {
      const range = hasRun(state, entry) && !entry.hidden ? rangeOf(state, entry) : null;
      return range ? [{ key: sweepKey(state, entry), subject: entry.id, entry, range }] : [];
    });
  },
  async request({ entry, range }, { api, state, signal }) {
    const wire = await api.getSweep(specOf(state, [entry]), { learning_rate: range }, signal);
    return { ...wire, problemKey: problemKey(state) };
  },
};

export const contestCurve = replyOf("curve of a contest", 4, "/trajectories/sweep");
