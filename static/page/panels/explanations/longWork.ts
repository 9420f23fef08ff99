/** Work that takes long, one piece after the other, each told how far it is, until it is over or cancelled. */

import { onEnd } from "../../figure/ending.ts";
import { Refused } from "../../service/http.ts";
import { askLong } from "../../service/longWork.ts";
import { persist } from "../../service/persist.ts";
import type { Refusal } from "../../state/types.ts";

export type LongWish = { key: string; body: object };

/** What came of one; refused: why nothing did */
type LongOutcome<T> = { value: T } | { refused: Refusal[] };

/** waits: why it does not go on; soFar: what is known of its result, where that is of use */
type UnderWay<T> = { key: string; done: number; waits: string; soFar: T | null; stop: AbortController };

/** @param ended  from when on nothing is to be done @param onChange  something is to be shown */
export function createLongWork<T>(path: string, ended: AbortSignal, onChange: () => void) {
  const told: Map<string, LongOutcome<T>> = new Map();
  let work: UnderWay<T> | null = null;

  async function one({ key, body }: LongWish, stop: AbortController) {
    const { signal } = stop;
    const now: UnderWay<T> = { key, done: 0, waits: "", soFar: null, stop };
    work = now;
    onChange();
    const put = (change: Partial<UnderWay<T>>) => {
      Object.assign(now, change);
      onChange();
    };
    const ask = () =>
      askLong<T>({ path, body, signal }, (done, soFar) => put({ done, waits: "", soFar: soFar ?? now.soFar }));
    try {
      told.set(key, { value: await persist(ask, { signal, onWait: (waits) => put({ waits }) }) });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refused)) throw error;
      told.set(key, { refused: error.errors });
    }
  }

  function cancel() {
    work?.stop.abort();
    work = null;
    onChange();
  }
  onEnd(ended, cancel);

  return {
    told,
    now: () => work,
    cancel,
    async begin(wishes: LongWish[]) {
      const stop = new AbortController();
      for (const wish of wishes) {
        if (!told.has(wish.key)) await one(wish, stop);
        if (stop.signal.aborted) return;
      }
      work = null;
      onChange();
    },
  };
}
