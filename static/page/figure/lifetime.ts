/** Observers, timers and listeners outside of a figure's elements, which end with the figure. */

/** @param act  called once it ends; at once, if it has: what is fetched may come later */
export const onEnd = (ended: AbortSignal, act: () => void) =>
  ended.aborted ? act() : ended.addEventListener("abort", act, { once: true });

/** @param act  called when the size of a part has changed */
export function watchSize(part: Element, act: () => void, ended: AbortSignal) {
  const observer = new ResizeObserver(act);
  observer.observe(part);
  onEnd(ended, () => observer.disconnect());
}

export function createTimers(ended: AbortSignal) {
  const running: Set<number> = new Set();
  onEnd(ended, () => running.forEach(clearTimeout));
  return {
    /** @returns a number with which it can be cancelled */
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
