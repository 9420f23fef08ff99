/** A list that is one stop of the tabulator: the arrow keys go from one thing of it to the next. */

const DOWN: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
const ACROSS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
const HOMES: Record<string, number> = { Home: -Infinity, End: Infinity };

interface List {
  /** the one that has the key; below 0: none of them */
  at: number;
  count: number;
  /** which arrows; by default all */
  keys?: "down" | "across";
  /** it ends with its last one, instead of beginning again */
  ends?: boolean;
  /** Home and End go to the first and the last; it ends */
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
  if (!move || at < 0) return;
  event.preventDefault();
  go(ends ? Math.min(count - 1, Math.max(0, at + move)) : (at + move + count) % count);
}
