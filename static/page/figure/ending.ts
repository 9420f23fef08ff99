/** What outlives the elements of a figure, and so must end with it: observers, timers, listeners elsewhere. */

export const onEnd = (ended: AbortSignal, act: () => void) => ended.addEventListener("abort", act, { once: true });

/** @param act  once the size of a part has changed */
export function watchSize(part: Element, act: () => void, ended: AbortSignal) {
  const observer = new ResizeObserver(act);
  observer.observe(part);
  onEnd(ended, () => observer.disconnect());
}

export function createTimers(ended: AbortSignal) {
  const running: Set<number> = new Set();
  onEnd(ended, () => running.forEach(clearTimeout));
  return {
    /** @returns with which it can be cancelled */
    after(act: () => void, ms: number): number {
      if (ended.aborted) return 0;
      const timer = window.setTimeout(() => {
        running.delete(timer);
        act();
      }, ms);
      running.add(timer);
      return timer;
    },
    cancel(timer: number) {
      running.delete(timer);
      clearTimeout(timer);
    },
  };
}

export type Timers = ReturnType<typeof createTimers>;
