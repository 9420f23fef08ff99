/** A clock that stands until it is moved, and a request that is answered when the test says so. */
import type { Clock } from "../../../static/page/service/retry.ts";

export function standingClock(): Clock & { move: (ms: number) => Promise<void> } {
  let time = 0;
  let next = 1;
  const timers: Map<number, { at: number; act: () => void }> = new Map();
  return {
    now: () => time,
    after(act, ms) {
      timers.set(next, { at: time + ms, act });
      return next++;
    },
    cancel: (timer) => void timers.delete(timer),
    async move(ms) {
      time += ms;
      for (const [timer, { at, act }] of [...timers]) {
        if (at > time) continue;
        timers.delete(timer);
        act();
      }
      await settled();
    },
  };
}

/** Let promises run. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));
