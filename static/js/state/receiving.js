/** What comes from the server, put into the state: pure functions, like the actions. */

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Catalog} Catalog */
/** @typedef {import("./types.js").Fault} Fault */
/** @typedef {import("./types.js").Hit} Hit */
/** @typedef {import("./types.js").Landscape} Landscape */
/** @typedef {import("./types.js").Received} Received */
/** @typedef {import("./types.js").Sweep} Sweep */
/** @typedef {import("./types.js").World} World */

/** @param {State} state @param {Catalog} catalog @returns {State} */
export function receiveCatalog(state, catalog) {
  return { ...state, catalog };
}

/** A problem's ground has come: the map changes to it. @param {State} state @param {World} world @returns {State} */
export function receiveWorld(state, world) {
  const same = state.world?.key === world.key && state.world.ground === world.ground;
  return { ...state, world, landscape: same ? state.landscape : null };
}

/** @param {State} state @param {string} key  of the problem @param {Landscape} landscape @returns {State} */
export function receiveLandscape(state, key, landscape) {
  return state.world?.key === key ? { ...state, landscape } : state;
}

/**
 * Rows of runs. An entry that was removed meanwhile gets none.
 * @param {State} state @param {Record<number, Received>} runs  by id @returns {State}
 */
export function receiveRuns(state, runs) {
  const wanted = Object.entries(runs).filter(([id]) => state.entries.some((entry) => entry.id === Number(id)));
  return { ...state, runs: { ...state.runs, ...Object.fromEntries(wanted) } };
}

/** @param {State} state @param {number[]} ids  of the entries it is for: one sweep serves all that differ in the rate alone @param {Sweep} sweep @returns {State} */
export function receiveSweep(state, ids, sweep) {
  return { ...state, sweeps: { ...state.sweeps, ...Object.fromEntries(ids.map((id) => [id, sweep])) } };
}

/** @param {State} state @param {Fault | null} fault @returns {State} */
export function setFault(state, fault) {
  return state.fault === fault ? state : { ...state, fault };
}

/** @param {State} state @param {Hit | null} hit @returns {State} */
export function hover(state, hit) {
  const { hovered } = state;
  const same = hovered?.run === hit?.run && hovered?.step === hit?.step;
  return same ? state : { ...state, hovered: hit };
}
