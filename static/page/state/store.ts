/** Keeps the state of a figure. Only actions change it, pure functions from one state to the next, and what follows. */
import { sameValue } from "../math/values.ts";
import { withConsequences } from "./consequences.ts";
import type { Edit, State } from "./types.ts";

/** @param edit  what the change is, where it is an edit */
type Listener = (state: State, before: State, edit: Edit | null) => void;

export type Store = ReturnType<typeof createStore>;

export type Act = Store["update"];

export function createStore(initial: State) {
  let state = initial;
  const listeners: Set<Listener> = new Set();
  /** Changes that listeners are being told of. A listener that acts adds to them. */
  const pending: Parameters<Listener>[] = [];
  return {
    get: () => state,
    /** @throws what the first of the listeners throws, once all have been told */
    update<A extends unknown[]>(action: (state: State, ...args: A) => State, ...args: A) {
      const before = state;
      const next = withConsequences(action(state, ...args), before);
      const edit = next.edit === before.edit ? null : next.edit;
      // An equal edit stays the same object, so that a view that reads it is not rendered on every move of a slider.
      state = next !== before && sameValue(next.edit, before.edit) ? { ...next, edit: before.edit } : next;
      if (state === before || pending.push([state, before, edit]) > 1) return;
      const errors: unknown[] = [];
      for (const change of pending)
        for (const listener of [...listeners])
          try {
            listener(...change);
          } catch (error) {
            errors.push(error);
          }
      pending.length = 0;
      if (errors.length) throw errors[0];
    },
    /** @returns a function that ends the subscription */
    subscribe(listener: Listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
