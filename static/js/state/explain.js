/** What is explained beside the map: pure functions, like the other actions. */

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Explain} Explain */

/** @type {Explain} */
export const NOTHING_EXPLAINED = {
  working: false, drawer: null, parameter: 0, against: null, alone: false, first: null, quantity: null, average: null, beta: null, corrected: null, day: null,
};

/** @param {State} state @param {Partial<Explain>} change @returns {State} */
export function explain(state, change) {
  const same = Object.entries(change).every(([key, value]) => state.explain[/** @type {keyof Explain} */ (key)] === value);
  return same ? state : { ...state, explain: { ...state.explain, ...change }, edit: "explain" };
}
