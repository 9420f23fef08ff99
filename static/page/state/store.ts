/** The one place where the state of the page is kept. It changes only by pure actions. */
import type { State } from "./types.ts";

type Listener = (state: State, before: State) => void;

export type Store = ReturnType<typeof createStore>;

export type Act = Store["update"];

/** @param after  what every action is followed by */
export function createStore(initial: State, after: (state: State, before: State) => State = (state) => state) {
  let state = initial;
  const listeners: Set<Listener> = new Set();
  return {
    get: () => state,
    update<A extends unknown[]>(action: (state: State, ...args: A) => State, ...args: A) {
      const before = state;
      state = after(action(state, ...args), before);
      if (state !== before) for (const listener of [...listeners]) listener(state, before);
    },
    /** @returns the way out */
    subscribe(listener: Listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
