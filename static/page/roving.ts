/** A list with a single Tab stop, in which the arrow keys go from item to item. */

import { hasModifier } from "./dom.ts";

const DOWN: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
const ACROSS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
const HOMES: Record<string, number> = { Home: -Infinity, End: Infinity };

interface List {
  /** index of the focused item; below 0 where there is none */
  at: number;
  count: number;
  /** which arrow keys count; by default all four */
  keys?: "down" | "across";
  /** the last item is not followed by the first */
  ends?: boolean;
  /** Home and End go to the first and the last item; after the last there is none */
  homes?: boolean;
}

/** @param go  to the one at an index */
export function rove(
  event: KeyboardEvent,
  { at, count, keys, homes = false, ends = homes }: List,
  go: (next: number) => void,
) {
  const moves = { ...(keys === "across" ? {} : DOWN), ...(keys === "down" ? {} : ACROSS), ...(homes ? HOMES : {}) };
  const move = moves[event.key];
  if (!move || at < 0 || hasModifier(event)) return;
  event.preventDefault();
  go(ends ? Math.min(count - 1, Math.max(0, at + move)) : (at + move + count) % count);
}
