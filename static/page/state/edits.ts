/** The fields of the state that undo restores. */
import { sameValue } from "../math/values.ts";
import type { Exercise, Settings, State } from "./types.ts";

const RESTORED_FIELDS = ["problem", "start", "window", "entries", "stop", "seed", "columns"] as const;
/** The fields that runs depend on: all but the window. */
const FIELDS_OF_RUNS = RESTORED_FIELDS.filter((name) => name !== "window");

type RestoredSettings = Pick<Settings, (typeof RESTORED_FIELDS)[number]>;

/** With whether the question of a preset is open, and what was answered. */
export type Snapshot = RestoredSettings & { exercise: Pick<Exercise, "ahead" | "answer"> };

export function snapshotOf(state: State): Snapshot {
  const settings = Object.fromEntries(RESTORED_FIELDS.map((name) => [name, state[name]])) as RestoredSettings;
  const { ahead, answer } = state.exercise;
  return { ...settings, exercise: { ahead, answer } };
}

export const changesRuns = (current: RestoredSettings, before: RestoredSettings): boolean =>
  FIELDS_OF_RUNS.some((name) => !sameValue(current[name], before[name]));
