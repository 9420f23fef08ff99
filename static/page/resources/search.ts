/** The losses that an exhaustive search tries, while it is shown and nothing moves. */

import { searchedWindow, VALUES } from "../state/search.ts";
import { problemKey } from "../state/state.ts";
import type { Landscape, Window } from "../state/types.ts";
import type { Resource, Wish } from "./resource.ts";

/** All that the server gives: with few, several values of a flat valley would be the lowest. */
const DIGITS = 7;

export const search: Resource<Wish & { window: Window }, Landscape> = {
  name: "search",
  atRest: true,
  wishes(state) {
    const [of, window] = [problemKey(state), searchedWindow(state)];
    return window && state.problemOnMap?.key === of ? [{ key: JSON.stringify([of, window]), of, window }] : [];
  },
  request: ({ window }, { api, asked, signal }) => api.getLandscape(asked.problem, window, VALUES, signal, DIGITS),
};
