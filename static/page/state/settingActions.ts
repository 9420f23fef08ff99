/** Actions of the settings of a run; loaded together with them. */

import { setValue } from "./actions.ts";
import { suggestedRateOf } from "./catalog.ts";
import { adaptedToProblem, withOptimizer } from "./entries.ts";
import { setExplain } from "./explain.ts";
import { ENDS } from "./explanations.ts";
import { withRemark } from "./remark.ts";
import type { ScheduleSpec, State } from "./types.ts";

export function setSchedule(state: State, id: number, schedule: ScheduleSpec | undefined, dragging: boolean): State {
  const next = schedule?.name === "constant" ? undefined : schedule;
  return setValue(state, id, "schedule", next, dragging);
}

/** Replaces the optimizer of a run by another with its default values and the rate suggested for it. */
export function changeOptimizer(state: State, id: number, name: string): State {
  const rate = suggestedRateOf(state, name);
  const entries = withOptimizer(state, id, () => ({ name, ...(rate === undefined ? {} : { learning_rate: rate }) }));
  const next: State = { ...state, entries, selected: id, edit: { kind: "optimizer" }, dragging: false };
  return withRemark(state, {
    ...next,
    entries: entries.map((entry) => (entry.id === id ? adaptedToProblem(next, entry) : entry)),
  });
}

/** Tints the map by its loss or by ends, which also opens the explanation of their shares. */
export const setTint = (state: State, tint: "loss" | "ends"): State =>
  setExplain(state, tint === "ends" ? { tint, explanation: ENDS.name } : { tint });
