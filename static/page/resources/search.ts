/** The losses that an exhaustive search tries, while it is shown and nothing moves. */

import { isSearching } from "../state/explain.ts";
import { searchedWindow, VALUES } from "../state/search.ts";
import { problemKey } from "../state/state.ts";
import type { Window } from "../state/types.ts";
import type { Resource, Wish } from "./resource.ts";

/** All that the server gives: with few, several values of a flat valley would be the lowest. */
const DIGITS = 7;

export const search: Resource<Wish & { window: Window }> = {
  name: "search",
  atRest: true,
  wishes(state) {
    const waits = state.problemOnMap?.key !== problemKey(state);
    const window = isSearching(state) && !waits ? searchedWindow(state) : null;
    const key = JSON.stringify([problemKey(state), window]);
    return window && state.search?.key !== key ? [{ key, window }] : [];
  },
  async request({ key, window }, asked, { api, signal }) {
    const losses = await api.getLandscape(asked.problem, window, VALUES, signal, DIGITS);
    return (state) => ({ ...state, search: { key, problemKey: problemKey(asked), losses } });
  },
};
