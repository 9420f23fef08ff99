/** What an edit changes of what runs. */
import type { Kept } from "./types.ts";

const FIELDS = ["problem", "start", "entries", "stop", "seed"] as const;

const textOf = (kept: Kept) => JSON.stringify(FIELDS.map((name) => kept[name]));
export const same = (kept: Kept, now: Kept) => textOf(kept) === textOf(now);
export const changed = (now: Kept, before: Kept) => FIELDS.some((name) => now[name] !== before[name]) && !same(before, now);
