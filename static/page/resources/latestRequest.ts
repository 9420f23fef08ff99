/**
 * Sends one request at a time, for the latest wish. Once another is wished for, a request under way has a moment to
 * finish, so that replies come while a slider moves; then it is aborted.
 */

import type { Clock } from "../service/retry.ts";

/**
 * @param how.patience  milliseconds that a request may take once another is wished for; Infinity: as long as it takes
 * @param how.onReply  called with each reply, but for aborted requests
 * @param how.onIdle  called once no request is under way or waits
 */
export function createLatestRequest<W extends { key: string }, A>({
  clock,
  patience,
  start,
  onReply,
  onError,
  onIdle,
}: {
  clock: Pick<Clock, "now" | "after" | "cancel">;
  patience: number;
  start: (wish: W, signal: AbortSignal) => Promise<A>;
  onReply: (reply: A, wish: W) => void;
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
    /** Tells the outcome after the request has been cleared, so that the listener may wish for the next one. */
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
      (reply) => leave(() => onReply(reply, wish)),
      (error) => leave(() => onError(error, wish)),
    );
  }

  /**
   * Aborts the request under way and begins the next. The timer is cancelled first: it must not abort that one, too.
   */
  function giveUp() {
    clock.cancel(timer);
    const late = current;
    current = null;
    late?.control.abort();
    begin();
  }

  /** Drops the wish that waits; the request under way goes on. */
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
      if (!waiting && patience < Infinity)
        timer = clock.after(giveUp, Math.max(0, current.since + patience - clock.now()));
    },
    rest,
    /** @returns what is asked for now */
    underWay: (): W | null => current?.wish ?? null,
    /** Aborts the request under way and drops the wish that waits. */
    drop() {
      next = null;
      giveUp();
    },
  };
}
