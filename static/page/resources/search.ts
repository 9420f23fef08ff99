/** The losses that an exhaustive search tries, while it is shown and nothing moves. */

import { isSearching } from "../state/explain.ts";
import { problemKey } from "../state/state.ts";
import type { State, Window } from "../state/types.ts";
import type { Need, ResourceInState } from "./resource.ts";

/** Values of each parameter. */
export const VALUES = 101;

/** @returns what it goes through; null: the problem is not known yet, or has no map */
export function searchedWindow({ window, problemOnMap }: State): Window | null {
  const domain = problemOnMap?.problem.domain;
  return domain?.length ? (window ?? domain).slice(0, domain.length) : null;
}

/** Digits of the losses. With fewer, several places of a flat valley would be equally low. */
const DIGITS = 7;

export const search: ResourceInState<"search", Need & { window: Window }> = {
  name: "search",
  atRest: true,
  needs(state) {
    const [subject, window] = [problemKey(state), searchedWindow(state)];
    return isSearching(state) && window && state.problemOnMap?.key === subject
      ? [{ key: JSON.stringify([subject, window]), subject, window }]
      : [];
  },
  request: ({ window }, { api, state, signal }) => api.getLandscape(state.problem, window, VALUES, signal, DIGITS),
};
