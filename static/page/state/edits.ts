/** The fields that an edit changes and that undo restores. */
import type { Settings } from "./types.ts";

const KEPT = ["problem", "start", "window", "entries", "stop", "seed", "columns"] as const;
/** Another window alone changes nothing that runs. */
const RUNS = KEPT.filter((name) => name !== "window");

export type Snapshot = Pick<Settings, (typeof KEPT)[number]>;

export const snapshotOf = (settings: Snapshot): Snapshot =>
  Object.fromEntries(KEPT.map((name) => [name, settings[name]])) as Snapshot;

const textOf = (snapshot: Snapshot) => JSON.stringify(RUNS.map((name) => snapshot[name]));
export const same = (snapshot: Snapshot, other: Snapshot) => textOf(snapshot) === textOf(other);
export const isEdited = (current: Snapshot, before: Snapshot) =>
  RUNS.some((name) => current[name] !== before[name]) && !same(before, current);
