/** Actions of the settings of a run; fetched with them. */

import { adaptedToProblem, rateFor, setValue, withAutoChangeNotice, withOptimizer } from "./actions.ts";
import { explain } from "./explain.ts";
import { ENDS } from "./explanations.ts";
import type { ScheduleSpec, State } from "./types.ts";

export function setSchedule(state: State, id: number, schedule: ScheduleSpec | undefined, moving: boolean): State {
  const next = schedule?.name === "constant" ? undefined : schedule;
  return setValue(state, id, "schedule", next, moving);
}

/** Replaces the optimizer of a run by another with its default values and the rate suggested for it. */
export function changeOptimizer(state: State, id: number, name: string): State {
  const rate = rateFor(state, name);
  const entries = withOptimizer(state, id, () => ({ name, ...(rate === undefined ? {} : { learning_rate: rate }) }));
  const next: State = { ...state, entries, selected: id, edit: { kind: "optimizer" }, moving: false };
  return withAutoChangeNotice(state, {
    ...next,
    entries: entries.map((entry) => (entry.id === id ? adaptedToProblem(next, entry) : entry)),
  });
}

/** Tints the map; by ends, their shares are explained, too. */
export const setTint = (state: State, tint: "loss" | "ends"): State =>
  explain(state, tint === "ends" ? { tint, explanation: ENDS.name } : { tint });
