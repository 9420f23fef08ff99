/** Fetches the losses that an exhaustive search tries, while it is shown and nothing moves. */

import { Refused } from "../../service/http.ts";
import { isSearching } from "../../state/explain.ts";
import { receiveSearch } from "../../state/receiving.ts";
import { searchedWindow, VALUES } from "../../state/search.ts";
import { problemKey } from "../../state/state.ts";
import type { Store } from "../../state/store.ts";
import type { State, Window } from "../../state/types.ts";
import type { createLane } from "./lane.ts";

/** All that the server gives: with few, several values of a flat valley would be the lowest. */
const DIGITS = 7;

export function createSearch(
  { store, getLandscape }: { store: Store; getLandscape: typeof import("../../service/api.ts").getLandscape },
  lane: ReturnType<typeof createLane>,
) {
  /** Searches the server will not make. */
  const refused: Set<string> = new Set();

  const start = (state: State, window: Window, key: string) => async (signal: AbortSignal) => {
    try {
      const losses = await getLandscape(state.problem, window, VALUES, signal, DIGITS);
      store.update(receiveSearch, { key, problemKey: problemKey(state), losses });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.add(key);
    }
  };

  return {
    sync(state: State) {
      const window =
        isSearching(state) && !state.problem.network && !state.moving && state.problemOnMap?.key === problemKey(state)
          ? searchedWindow(state)
          : null;
      const key = window && JSON.stringify([problemKey(state), window]);
      if (!key || state.search?.key === key || refused.has(key)) return lane.rest();
      lane.wish({ key, start: start(state, window, key) });
    },
  };
}
