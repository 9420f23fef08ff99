/** Holds the state of a figure. It is only changed by actions, after each of which derived fields are updated. */
import { keepEqual } from "../memo.ts";
import { withConsequences } from "./consequences.ts";
import type { Edit, State } from "./types.ts";

/** @param edit  the edit that the change is; null: it is none */
type Listener = (state: State, before: State, edit: Edit | null) => void;

export type Store = ReturnType<typeof createStore>;

export type Act = Store["update"];

export function createStore(initial: State) {
  let state = initial;
  const listeners: Set<Listener> = new Set();
  /** Changes that listeners have yet to be called with. A listener that calls `update` adds to them. */
  const pending: Parameters<Listener>[] = [];
  return {
    get: () => state,
    /** Applies an action and calls the listeners. @throws the first error of a listener, after all were called */
    update<A extends unknown[]>(action: (state: State, ...args: A) => State, ...args: A) {
      const before = state;
      const next = withConsequences(action(state, ...args), before);
      const edit = next.edit === before.edit ? null : next.edit;
      // An equal edit stays the same object, so that a view that reads it is not rendered on every move of a slider.
      state = next === before ? next : { ...next, edit: keepEqual(before.edit, next.edit) };
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
