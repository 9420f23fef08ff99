/** The fields that an edit changes and that undo restores. */
import type { Settings } from "./types.ts";

const KEPT = ["problem", "start", "window", "entries", "stop", "seed", "columns"] as const;
/** Another window alone changes nothing that runs. */
const RUNS = KEPT.filter((name) => name !== "window");

export type Kept = Pick<Settings, (typeof KEPT)[number]>;

export const keptOf = (settings: Kept): Kept => Object.fromEntries(KEPT.map((name) => [name, settings[name]])) as Kept;

const textOf = (kept: Kept) => JSON.stringify(RUNS.map((name) => kept[name]));
export const same = (kept: Kept, now: Kept) => textOf(kept) === textOf(now);
export const isEdited = (now: Kept, before: Kept) =>
  RUNS.some((name) => now[name] !== before[name]) && !same(before, now);
