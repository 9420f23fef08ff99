/**
 * Once the server cannot be reached, no request is sent for a while, which the page says; then all that is wanted is
 * asked for. All requests that have failed wait together.
 */

import type { TransientError } from "../service/http.ts";
import { type Clock, goneWords, pauseAfter } from "../service/retry.ts";
import { setFault } from "../state/receiving.ts";
import type { Store } from "../state/store.ts";
import type { State } from "../state/types.ts";

const goneIn = ({ fault }: State) => (fault?.kind === "gone" ? fault : null);

export const isPaused = (state: State): boolean => Boolean(goneIn(state)?.retryAt);

export type Pause = ReturnType<typeof createPause>;

export function createPause({ store, clock }: { store: Store; clock: Clock }) {
  let timer = 0;
  /** How many have run out since the last reply: each is longer than the one before. */
  let count = 0;

  /** The message about the server stays until what has failed is answered. */
  function end() {
    const gone = goneIn(store.get());
    if (!gone?.retryAt) return;
    clock.cancel(timer);
    store.update(setFault, { ...gone, retryAt: null });
  }

  return {
    /** Pauses as long as this failure needs, unless another needs longer. */
    begin(failure: TransientError) {
      const retryAt = clock.now() + 1000 * pauseAfter(failure, count);
      if ((goneIn(store.get())?.retryAt ?? 0) >= retryAt) return;
      clock.cancel(timer);
      timer = clock.after(() => {
        count += 1;
        end();
      }, retryAt - clock.now());
      store.update(setFault, { kind: "gone", reason: goneWords(failure), retryAt });
    },
    end,
    /** Takes the message away. */
    clear() {
      if (goneIn(store.get())?.retryAt === null) store.update(setFault, null);
    },
    /** The server has answered. */
    resetCount() {
      count = 0;
    },
  };
}
