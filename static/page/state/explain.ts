/** What is explained beside the map: pure functions, like the other actions. */
import type { Explain, State } from "./types.ts";

export const NOTHING_EXPLAINED: Explain = {
  working: false, drawer: null, parameter: 0, against: null, alone: false, first: null, quantity: null, average: null, beta: null, corrected: null, day: null,
};

export function explain(state: State, change: Partial<Explain>): State {
  const same = Object.entries(change).every(([key, value]) => state.explain[key as keyof Explain] === value);
  return same ? state : { ...state, explain: { ...state.explain, ...change }, edit: "explain" };
}
