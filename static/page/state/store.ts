/** The one place where the state of the page is kept. It changes only by pure actions. */
import type { State } from "./types.ts";

export interface Store {
  get: () => State;
  update: <A extends unknown[]>(action: (state: State, ...args: A) => State, ...args: A) => void;
  /** returns the way out */
  subscribe: (listener: (state: State, before: State) => void) => () => void;
}

/** @param after  what every action is followed by */
export function createStore(initial: State, after: (state: State, before: State) => State = (state) => state): Store {
  let state = initial;
  const listeners: Set<(state: State, before: State) => void> = new Set();
  return {
    get: () => state,
    update(action, ...args) {
      const before = state;
      state = after(action(state, ...args), before);
      if (state !== before) for (const listener of [...listeners]) listener(state, before);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
