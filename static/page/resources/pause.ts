/**
 * Once the server cannot be reached, no request is sent for a while, which the page says; then all that is wanted is
 * asked for. All requests that have failed wait together.
 */

import type { TransientError } from "../service/http.ts";
import { type Clock, goneWords, pauseAfter } from "../service/retry.ts";
import { setFault } from "../state/receiving.ts";
import type { Store } from "../state/store.ts";
import type { State } from "../state/types.ts";

/** @returns when it ends, by the clock; null: there is none */
const endOf = ({ fault }: State): number | null => (fault?.kind === "gone" ? fault.retryAt : null);

export const isPaused = (state: State): boolean => endOf(state) !== null;

export type Pause = ReturnType<typeof createPause>;

export function createPause({ store, clock }: { store: Store; clock: Clock }) {
  let timer = 0;
  /** How many have run out since the last reply: each is longer than the one before. */
  let count = 0;

  /** The message about the server stays until what has failed is answered. */
  function end() {
    const { fault } = store.get();
    if (fault?.kind !== "gone" || fault.retryAt === null) return;
    clock.cancel(timer);
    store.update(setFault, { ...fault, retryAt: null });
  }

  return {
    /** Pauses as long as this failure needs, unless another needs longer. */
    begin(gone: TransientError) {
      const retryAt = clock.now() + 1000 * pauseAfter(gone, count);
      if ((endOf(store.get()) ?? 0) >= retryAt) return;
      clock.cancel(timer);
      timer = clock.after(() => {
        count += 1;
        end();
      }, retryAt - clock.now());
      store.update(setFault, { kind: "gone", reason: goneWords(gone), retryAt });
    },
    end,
    /** Takes the message away. */
    clear() {
      if (store.get().fault?.kind === "gone" && !isPaused(store.get())) store.update(setFault, null);
    },
    /** The server has answered. */
    resetCount() {
      count = 0;
    },
    destroy: () => clock.cancel(timer),
  };
}
