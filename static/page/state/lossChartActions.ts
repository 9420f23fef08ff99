/** Actions of the loss chart; loaded together with it. */
import type { Count, State } from "./types.ts";

/** Shows or hides where runs with other seeds lie. */
export function showSeeds(state: State, seeds: boolean): State {
  return { ...state, seeds };
}

/** Sets what the loss chart counts along its axis. */
export function setCount(state: State, count: Count): State {
  return { ...state, count };
}
