/**
 * One request at a time, for the latest wish. A request under way is let finish for a moment, so that a slider that
 * keeps moving still sees answers; after that it is aborted for the next.
 */

import type { Clock } from "../../service/persist.ts";

type Wish = { key: string; start: (signal: AbortSignal) => Promise<void> };

/**
 * @param how.patience  milliseconds that a request may take once another is wished for; without it, as long as it takes
 * @param how.onError  not told of aborts
 * @param how.onIdle  nothing more is asked for
 */
export function createLane({
  clock,
  patience,
  onError,
  onIdle = () => {},
}: {
  clock: Clock;
  patience?: number;
  onError: (error: unknown, key: string) => void;
  onIdle?: () => void;
}) {
  let current: { key: string; since: number; control: AbortController } | null = null;
  let next: Wish | null = null;
  let timer = 0;

  function begin() {
    if (current || !next) return;
    const { key, start } = next;
    next = null;
    const mine = { key, since: clock.now(), control: new AbortController() };
    current = mine;
    const report = (error: unknown) => void (mine.control.signal.aborted || onError(error, key));
    start(mine.control.signal)
      .catch(report)
      .finally(() => leave(mine));
  }

  function leave(mine: object) {
    if (current !== mine) return;
    current = null;
    clock.cancel(timer);
    begin();
    if (!current) onIdle();
  }

  /** A timer set for one request must not end the one that follows it, which may have nothing after it. */
  function giveUp() {
    clock.cancel(timer);
    const late = current;
    current = null;
    late?.control.abort();
    begin();
  }

  /** What is under way is enough. */
  function rest() {
    next = null;
    clock.cancel(timer);
  }

  return {
    /** @param urgent  do not wait for what is under way */
    wish(wish: Wish, urgent: boolean = false) {
      if (current?.key === wish.key) return rest();
      const waiting = next !== null;
      next = wish;
      if (!current) return begin();
      if (urgent) return giveUp();
      if (!waiting && patience !== undefined)
        timer = clock.after(giveUp, Math.max(0, current.since + patience - clock.now()));
    },
    rest,
    busy: () => current !== null,
    /** Nothing is wanted any more. */
    drop() {
      next = null;
      giveUp();
    },
  };
}
