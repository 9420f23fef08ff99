/** What is set below a run as a whole: pure functions, like the other actions; fetched with its settings. */
import { fitted, rateFor, remarked, setValue, withOptimizer } from "./actions.ts";
import type { ScheduleSpec, State } from "./types.ts";

export function setSchedule(state: State, id: number, schedule: ScheduleSpec | undefined, moving: boolean): State {
  const next = schedule?.name === "constant" ? undefined : schedule;
  return setValue(state, id, "schedule", next, moving);
}

/** Another optimizer in the place of one: its own values, at a rate that suits it. */
export function changeOptimizer(state: State, id: number, name: string): State {
  const rate = rateFor(state, name);
  const entries = withOptimizer(state, id, () => ({ name, ...(rate === undefined ? {} : { learning_rate: rate }) }));
  const next: State = { ...state, entries, selected: id, edit: { kind: "optimizer" }, moving: false };
  return remarked(state, { ...next, entries: entries.map((entry) => (entry.id === id ? fitted(next, entry) : entry)) });
}
