/**
 * Brings the state what it lacks. Controls only say what they want in the state; this module looks at what is there,
 * asks for the rest, and tries again when the server is gone.
 */
import { Gone, Refused } from "../net/http.js";
import { receiveCatalog, setFault } from "../state/receiving.js";
import { problemKey } from "../state/state.js";
import { createDetails } from "./details.js";
import { createGround } from "./ground.js";
import { createLane } from "./lane.js";
import { createRuns } from "./runs.js";
import { createSweeps } from "./sweeps.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Window} Window */
/** @typedef {import("../state/types.js").Refusal} Refusal */
/** @typedef {import("./lane.js").Clock} Clock */

/** Milliseconds a request may take once the next one waits. */
const PATIENCE = 150;
/** Seconds until each further try; the last one from then on. */
const WAITS = [1, 2, 4, 8, 15];

/**
 * @typedef {object} Api
 * @property {typeof import("../net/api.js").getCatalog} getCatalog
 * @property {typeof import("../net/api.js").getRuns} getRuns
 * @property {typeof import("../net/api.js").getLandscape} getLandscape
 * @property {typeof import("../net/api.js").getSweep} getSweep
 * @property {typeof import("../net/stream.js").streamRuns} streamRuns
 */

/** @param {Refusal[]} errors @returns {number | null} the optimizer a refusal is about */
function optimizerNamed(errors) {
  const loc = errors[0]?.loc ?? [];
  const index = loc[loc.indexOf("optimizers") + 1];
  return loc.includes("optimizers") && typeof index === "number" ? index : null;
}

/**
 * @param {object} ports
 * @param {import("../state/store.js").Store} ports.store
 * @param {Api} ports.api
 * @param {Clock} ports.clock
 */
export function createLoader({ store, api, clock }) {
  let timer = 0;
  let attempt = 0;

  /** @param {unknown} error */
  function onError(error) {
    if (error instanceof Refused) return;
    if (!(error instanceof Gone)) throw error;
    const seconds = Math.max(error.seconds, WAITS[Math.min(attempt, WAITS.length - 1)]);
    clock.cancel(timer);
    timer = clock.after(retry, seconds * 1000);
    store.update(setFault, { kind: "gone", retryAt: clock.now() + seconds * 1000, attempt: (attempt += 1) });
  }

  /** @param {unknown} error */
  function onRunsError(error) {
    if (!(error instanceof Refused)) return onError(error);
    const entry = runs.refuse(optimizerNamed(error.errors));
    store.update(setFault, { kind: "refused", errors: error.errors, problemKey: problemKey(store.get()), entry });
  }

  /** @param {unknown} error @param {string} key */
  function onGroundError(error, key) {
    if (!(error instanceof Refused)) return onError(error);
    ground.refuse(key);
    if (key === problemKey(store.get())) store.update(setFault, { kind: "refused", errors: error.errors, problemKey: key, entry: null });
  }

  /** @param {number[]} ids  that have been answered for */
  function onAnswer(ids) {
    attempt = 0;
    const { fault } = store.get();
    const settled = fault?.kind === "gone" || (fault?.kind === "refused" && (fault.entry === null || ids.includes(fault.entry)));
    if (settled) store.update(setFault, null);
  }

  const lane = (/** @type {(error: unknown, key: string) => void} */ onFailure) => createLane({ clock, patience: PATIENCE, onError: onFailure });
  const ground = createGround({ store, getLandscape: api.getLandscape }, lane(onGroundError), lane(onGroundError));
  const runs = createRuns({ store, ...api, onProblem: ground.describe, onAnswer }, lane(onRunsError));
  const sweeps = createSweeps({ store, getSweep: api.getSweep }, lane(onError));
  const details = createDetails({ store, getRuns: api.getRuns }, lane(onError));
  const catalog = lane(onError);

  /** @param {AbortSignal} signal */
  async function fetchCatalog(signal) {
    store.update(receiveCatalog, await api.getCatalog(signal));
    if (!store.get().entries.length) onAnswer([]);
  }

  /** Ask for whatever is missing. @param {State} state */
  function sync(state) {
    if (state.fault?.kind === "gone") return;
    runs.sync(state);
    if (!state.catalog) catalog.wish({ key: "catalog", start: fetchCatalog });
    ground.sync(state);
    sweeps.sync(state);
    details.sync(state);
  }

  function retry() {
    clock.cancel(timer);
    store.update(setFault, null);
  }

  const leave = store.subscribe(sync);
  return {
    start: () => sync(store.get()),
    /** @param {Window} window  in sight @param {number} resolution  samples a side */
    needLandscape: (window, resolution) => ground.need(window, resolution),
    retry,
    destroy() {
      leave();
      clock.cancel(timer);
    },
  };
}
