/** The fields of the state that undo restores. */
import { sameValue } from "../math/values.ts";
import type { Settings } from "./types.ts";

const RESTORED_FIELDS = ["problem", "start", "window", "entries", "stop", "seed", "columns"] as const;
/** The fields that runs depend on: all but the window. */
const FIELDS_OF_RUNS = RESTORED_FIELDS.filter((name) => name !== "window");

export type Snapshot = Pick<Settings, (typeof RESTORED_FIELDS)[number]>;

export const snapshotOf = (settings: Snapshot): Snapshot =>
  Object.fromEntries(RESTORED_FIELDS.map((name) => [name, settings[name]])) as Snapshot;

export const changesRuns = (current: Snapshot, before: Snapshot): boolean =>
  FIELDS_OF_RUNS.some((name) => !sameValue(current[name], before[name]));
