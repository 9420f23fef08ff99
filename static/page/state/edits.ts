/** The fields that an edit changes and that undo restores. */
import { sameValue } from "../math/values.ts";
import type { Settings } from "./types.ts";

const KEPT = ["problem", "start", "window", "entries", "stop", "seed", "columns"] as const;
/** Another window alone changes nothing that runs. */
const RUNS = KEPT.filter((name) => name !== "window");

export type Snapshot = Pick<Settings, (typeof KEPT)[number]>;

export const snapshotOf = (settings: Snapshot): Snapshot =>
  Object.fromEntries(KEPT.map((name) => [name, settings[name]])) as Snapshot;

export const isEdited = (current: Snapshot, before: Snapshot): boolean =>
  RUNS.some((name) => !sameValue(current[name], before[name]));
