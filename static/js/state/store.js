/** The one place where the state of the page is kept. It changes only by pure actions. */

/** @typedef {import("./types.js").State} State */

/**
 * @typedef {object} Store
 * @property {() => State} get
 * @property {<A extends unknown[]>(action: (state: State, ...args: A) => State, ...args: A) => void} update
 * @property {(listener: (state: State, before: State) => void) => () => void} subscribe  returns the way out
 */

/**
 * @param {State} initial
 * @returns {Store}
 */
export function createStore(initial) {
  let state = initial;
  /** @type {Set<(state: State, before: State) => void>} */
  const listeners = new Set();
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
