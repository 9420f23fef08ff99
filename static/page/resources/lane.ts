/**
 * One request at a time, for the latest wish. A request under way is let finish for a moment, so that a slider that
 * keeps moving still sees answers; after that it is aborted for the next.
 */

import type { Clock } from "../service/persist.ts";

/**
 * @param how.patience  milliseconds that a request may take once another is wished for; without it, as long as it takes
 * @param how.onAnswer  not told of what was aborted, as is the next
 * @param how.onIdle  nothing more is asked for
 */
export function createLane<W extends { key: string }, A>({
  clock,
  patience,
  start,
  onAnswer,
  onError,
  onIdle,
}: {
  clock: Pick<Clock, "now" | "after" | "cancel">;
  patience?: number;
  start: (wish: W, signal: AbortSignal) => Promise<A>;
  onAnswer: (answer: A, wish: W) => void;
  onError: (error: unknown, wish: W) => void;
  onIdle: () => void;
}) {
  let current: { wish: W; since: number; control: AbortController } | null = null;
  let next: W | null = null;
  let timer = 0;

  function begin() {
    if (current || !next) return;
    const wish = next;
    next = null;
    const mine = { wish, since: clock.now(), control: new AbortController() };
    current = mine;
    /** What comes of it is told when nothing is under way, so that the next may be wished for at once. */
    const leave = (tell: () => void) => {
      if (current !== mine) return;
      current = null;
      clock.cancel(timer);
      try {
        tell();
      } finally {
        begin();
        if (!current) onIdle();
      }
    };
    start(wish, mine.control.signal).then(
      (answer) => leave(() => onAnswer(answer, wish)),
      (error) => leave(() => onError(error, wish)),
    );
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
    wish(wish: W, urgent?: unknown) {
      if (current?.wish.key === wish.key) return rest();
      const waiting = next !== null;
      next = wish;
      if (!current) return begin();
      if (urgent) return giveUp();
      if (!waiting && patience !== undefined)
        timer = clock.after(giveUp, Math.max(0, current.since + patience - clock.now()));
    },
    rest,
    /** @returns what is asked for now */
    underWay: (): W | null => current?.wish ?? null,
    /** Nothing is wanted any more. */
    drop() {
      next = null;
      giveUp();
    },
  };
}
