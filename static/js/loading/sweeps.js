/** Asks where each learning rate would end, one run after another, once nothing moves. */
import { receiveSweep } from "../state/receiving.js";
import { runKey, specOf } from "../state/state.js";
import { paramsOf } from "../state/ruleNames.js";
import { Refused } from "../net/http.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Entry} Entry */

/** Values tried in each decade of the slide rule. */
const PER_DECADE = 12;

/** @param {State} state @param {Entry} entry @returns {string} all that its sweep depends on */
export function sweepKey(state, entry) {
  const { learning_rate: _, ...others } = entry.optimizer;
  return runKey(state, { ...entry, optimizer: others });
}

/** @param {State} state @param {Entry} entry @returns {boolean} whether the sweep shown is of something else */
export function isCatchingUp(state, entry) {
  const sweep = state.sweeps[entry.id];
  return sweep !== undefined && sweep.key !== sweepKey(state, entry);
}

/** @param {State} state @param {Entry} entry @returns {{from: number, to: number, count: number} | null} */
function range(state, entry) {
  const rate = paramsOf(state.catalog, entry.optimizer).find((param) => param.name === "learning_rate");
  if (!rate) return null;
  return { from: rate.min, to: rate.max, count: Math.round(Math.log10(rate.max / rate.min) * PER_DECADE) + 1 };
}

/**
 * @param {object} ports
 * @param {import("../state/store.js").Store} ports.store
 * @param {typeof import("../net/api.js").getSweep} ports.getSweep
 * @param {ReturnType<typeof import("./lane.js").createLane>} lane
 */
export function createSweeps({ store, getSweep }, lane) {
  /** Sweeps the server will not make. @type {Set<string>} */
  const refused = new Set();

  /** @param {State} state */
  function missing(state) {
    const first = [...state.entries].sort((a, b) => Number(b.id === state.selected) - Number(a.id === state.selected));
    return first.find((entry) => {
      const key = sweepKey(state, entry);
      const ran = state.runs[entry.id]?.key === runKey(state, entry) && state.runs[entry.id].end !== null;
      return ran && !entry.hidden && !refused.has(key) && state.sweeps[entry.id]?.key !== key && range(state, entry);
    });
  }

  /** @param {State} state @param {Entry} entry @param {string} key */
  const start = (state, entry, key) => async (/** @type {AbortSignal} */ signal) => {
    const over = { learning_rate: /** @type {{from: number, to: number, count: number}} */ (range(state, entry)) };
    try {
      const wire = await getSweep(specOf(state, [entry]), over, signal);
      const alike = store.get().entries.filter((other) => sweepKey(store.get(), other) === key).map(({ id }) => id);
      store.update(receiveSweep, alike, { ...wire, key });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.add(key);
    }
  };

  return {
    /** @param {State} state */
    sync(state) {
      const entry = state.moving || !state.catalog ? undefined : missing(state);
      if (!entry) return lane.rest();
      const key = sweepKey(state, entry);
      lane.wish({ key, start: start(state, entry, key) });
    },
  };
}
