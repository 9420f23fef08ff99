/** Asks how runs go with other seeds, one run after another, while the loss chart shows them and nothing moves. */
import { Refused } from "../../service/http.ts";
import { receiveBand, refuseBand } from "../../state/receiving.ts";
import { bandKey, isRandom, SEEDS } from "../../state/seeds.ts";
import { runKey, specOf } from "../../state/state.ts";
import type { Store } from "../../state/store.ts";
import type { Entry, State } from "../../state/types.ts";
import type { createLane } from "./lane.ts";

export function createBands(
  { store, getBand }: { store: Store; getBand: typeof import("../../service/api.ts").getBand },
  lane: ReturnType<typeof createLane>,
) {
  function isMissing(state: State, entry: Entry) {
    const key = bandKey(state, entry);
    const ran = state.runs[entry.id]?.key === runKey(state, entry) && state.runs[entry.id].end !== null;
    return (
      ran && !entry.hidden && isRandom(state, entry) && state.bands[entry.id]?.key !== key && !state.bandsRefused[key]
    );
  }

  const start = (state: State, entry: Entry, key: string) => async (signal: AbortSignal) => {
    try {
      store.update(receiveBand, entry.id, { ...(await getBand(specOf(state, [entry]), SEEDS, signal)), key });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      store.update(refuseBand, key, error.errors);
    }
  };

  return {
    sync(state: State) {
      const entry =
        state.seeds && !state.moving && state.catalog ? state.entries.find((one) => isMissing(state, one)) : undefined;
      if (!entry) return lane.rest();
      const key = bandKey(state, entry);
      lane.wish({ key, start: start(state, entry, key) });
    },
  };
}
