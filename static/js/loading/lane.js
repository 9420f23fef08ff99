/**
 * One request at a time, for the latest wish. A request under way is let finish for a moment, so that a slider that
 * keeps moving still sees answers; after that it is aborted for the next.
 */

/**
 * @typedef {object} Clock
 * @property {() => number} now  milliseconds
 * @property {(act: () => void, ms: number) => number} after
 * @property {(timer: number) => void} cancel
 */

/** @typedef {{key: string, start: (signal: AbortSignal) => Promise<void>}} Wish */

/**
 * @param {object} how
 * @param {Clock} how.clock
 * @param {number} how.patience  milliseconds that a request may take once another is wished for
 * @param {(error: unknown, key: string) => void} how.onError  not told of aborts
 */
export function createLane({ clock, patience, onError }) {
  /** @type {{key: string, since: number, control: AbortController} | null} */
  let current = null;
  /** @type {Wish | null} */
  let next = null;
  let timer = 0;

  function begin() {
    if (current || !next) return;
    const { key, start } = next;
    next = null;
    const mine = { key, since: clock.now(), control: new AbortController() };
    current = mine;
    const report = (/** @type {unknown} */ error) => void (mine.control.signal.aborted || onError(error, key));
    start(mine.control.signal).catch(report).finally(() => leave(mine));
  }

  /** @param {object} mine */
  function leave(mine) {
    if (current !== mine) return;
    current = null;
    clock.cancel(timer);
    begin();
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
    /** @param {Wish} wish @param {boolean} [urgent]  do not wait for what is under way */
    wish(wish, urgent = false) {
      if (current?.key === wish.key) return rest();
      const waiting = next !== null;
      next = wish;
      if (!current) return begin();
      if (urgent) return giveUp();
      if (!waiting) timer = clock.after(giveUp, Math.max(0, current.since + patience - clock.now()));
    },
    rest,
    /** Nothing is wanted any more. */
    drop() {
      next = null;
      giveUp();
    },
    /** @returns {string | null} the key of the request under way */
    busy: () => current?.key ?? null,
  };
}
