/** The one place where the state of the page is kept. It changes only by pure actions. */
import type { State } from "./types.ts";

export interface Store {
  get: () => State;
  update: <A extends unknown[]>(action: (state: State, ...args: A) => State, ...args: A) => void;
  /** returns the way out */
  subscribe: (listener: (state: State, before: State) => void) => () => void;
}

export function createStore(initial: State): Store {
  let state = initial;
  const listeners: Set<(state: State, before: State) => void> = new Set();
  return {
    get: () => state,
    update(action, ...args) {
      const before = state;
      state = action(state, ...args);
      if (state !== before) for (const listener of [...listeners]) listener(state, before);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
