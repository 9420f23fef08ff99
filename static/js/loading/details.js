/** Fetches what only words and arrows need of the selected run, its gradients, once nothing moves. */
import { append } from "../state/columns.js";
import { receiveRuns } from "../state/receiving.js";
import { runKey, specOf } from "../state/state.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Entry} Entry */

/** Longer runs go without: their reply would be large. */
const LONGEST = 10_000;

/** @param {State} state @returns {Entry | null} */
function wanting(state) {
  const entry = state.entries.find((known) => known.id === state.selected);
  const run = entry && state.runs[entry.id];
  if (!entry || state.moving || !run?.end || run.columns.gradient || run.length > LONGEST) return null;
  return run.key === runKey(state, entry) ? entry : null;
}

/**
 * @param {object} ports
 * @param {import("../state/store.js").Store} ports.store
 * @param {typeof import("../net/api.js").getRuns} ports.getRuns
 * @param {ReturnType<typeof import("./lane.js").createLane>} lane
 */
export function createDetails({ store, getRuns }, lane) {
  /** @param {State} state @param {Entry} entry */
  const start = (state, entry) => async (/** @type {AbortSignal} */ signal) => {
    const { problem, runs } = await getRuns(specOf(state, [entry]), { drawnOnly: false, signal });
    const shown = store.get().runs[entry.id];
    const key = runKey(state, entry);
    if (shown?.key !== key) return;
    store.update(receiveRuns, { [entry.id]: { ...shown, columns: append(null, problem.parameters, runs[0]), length: runs[0].loss.length } });
  };

  return {
    /** @param {State} state */
    sync(state) {
      const entry = wanting(state);
      if (!entry) return lane.rest();
      lane.wish({ key: runKey(state, entry), start: start(state, entry) });
    },
  };
}
