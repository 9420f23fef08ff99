/** The losses that an exhaustive search tries, while it is shown and nothing moves. */

import { isSearching } from "../state/explain.ts";
import { searchedWindow, VALUES } from "../state/search.ts";
import { problemKey } from "../state/state.ts";
import type { Window } from "../state/types.ts";
import type { ResourceInState, Wish } from "./resource.ts";

/** Digits of the losses. With fewer, several places of a flat valley would be equally low. */
const DIGITS = 7;

export const search: ResourceInState<"search", Wish & { window: Window }> = {
  name: "search",
  atRest: true,
  wishes(state) {
    const [subject, window] = [problemKey(state), searchedWindow(state)];
    return isSearching(state) && window && state.problemOnMap?.key === subject
      ? [{ key: JSON.stringify([subject, window]), subject, window }]
      : [];
  },
  request: ({ window }, { api, state, signal }) => api.getLandscape(state.problem, window, VALUES, signal, DIGITS),
};
