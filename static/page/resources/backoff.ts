/**
 * Once the server cannot be reached, no request is sent for a while, which the page says; then all that is wanted is
 * asked for. All requests that have failed wait together.
 */

import type { TransientError } from "../service/http.ts";
import { type Clock, pauseAfter, unreachableWords } from "../service/retry.ts";
import { setFault } from "../state/receiving.ts";
import type { Store } from "../state/store.ts";
import type { State } from "../state/types.ts";

const unreachableFault = ({ fault }: State) => (fault?.kind === "unreachable" ? fault : null);

export const isPaused = (state: State): boolean => Boolean(unreachableFault(state)?.retryAt);

export type Backoff = ReturnType<typeof createBackoff>;

export function createBackoff({ store, clock }: { store: Store; clock: Clock }) {
  let timer = 0;
  /** How many have run out since the last reply: each is longer than the one before. */
  let count = 0;

  /** The message about the server stays until what has failed is answered. */
  function end() {
    const fault = unreachableFault(store.get());
    if (!fault?.retryAt) return;
    clock.cancel(timer);
    store.update(setFault, { ...fault, retryAt: null });
  }

  return {
    /** Pauses as long as this failure needs, unless another needs longer. */
    begin(failure: TransientError) {
      const retryAt = clock.now() + 1000 * pauseAfter(failure, count);
      if ((unreachableFault(store.get())?.retryAt ?? 0) >= retryAt) return;
      clock.cancel(timer);
      timer = clock.after(() => {
        count += 1;
        end();
      }, retryAt - clock.now());
      store.update(setFault, { kind: "unreachable", reason: unreachableWords(failure), retryAt });
    },
    end,
    /** Takes the message away. */
    clear() {
      if (unreachableFault(store.get())?.retryAt === null) store.update(setFault, null);
    },
    /** The server has answered. */
    resetCount() {
      count = 0;
    },
  };
}
