/** The runs are tuned one after the other, each told how far it is, until it is over or cancelled. */

import { Refused } from "../../../service/http.ts";
import { askLong } from "../../../service/longWork.ts";
import { persist } from "../../../service/persist.ts";
import type { Refusal } from "../../../state/types.ts";

export interface WireTuned {
  /** null: none that was tried gets there */
  best: Record<string, number> | null;
  steps: number | null;
  evaluations: number | null;
  range: Record<string, [number, number]> | null;
  /** [rate, steps]; null: never */
  curve: [number, number | null][];
  budget: { runs: number; max_steps: number; seeds: number[] };
  notes: string[];
}

export type TuneWish = { key: string; body: object };

/** What came of one; refused: why nothing did */
type TuneOutcome = { tuned: WireTuned } | { refused: Refusal[] };

/** @param onChange  something is to be shown */
export function createTuning(onChange: () => void) {
  const told: Map<string, TuneOutcome> = new Map();
  let work: { key: string; done: number; waits: string; stop: AbortController } | null = null;

  async function one({ key, body }: TuneWish, stop: AbortController) {
    const { signal } = stop;
    const now = { key, done: 0, waits: "", stop };
    work = now;
    onChange();
    const put = (change: Partial<typeof now>) => {
      Object.assign(now, change);
      onChange();
    };
    const ask = () =>
      askLong<WireTuned>({ path: "/trajectories/tune", body, signal }, (done) => put({ done, waits: "" }));
    try {
      told.set(key, { tuned: await persist(ask, { signal, onWait: (waits) => put({ waits }) }) });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refused)) throw error;
      told.set(key, { refused: error.errors });
    }
  }

  return {
    told,
    now: () => work,
    cancel() {
      work?.stop.abort();
      work = null;
      onChange();
    },
    async begin(wishes: TuneWish[]) {
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
