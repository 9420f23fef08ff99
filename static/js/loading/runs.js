/** Sees to it that every run asked for is there: streamed, or while a control is held in one short reply. */
import { append } from "../state/columns.js";
import { receiveRuns } from "../state/receiving.js";
import { problemKey, runKey, specOf } from "../state/state.js";
import { endOf, fitted, isCut } from "./fitting.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Entry} Entry */
/** @typedef {import("../state/types.js").Received} Received */
/** @typedef {import("../state/types.js").Spec} Spec */
/** @typedef {import("../net/stream.js").StreamEvent} StreamEvent */
/** @typedef {import("../net/api.js").WireProblem} WireProblem */
/** @typedef {import("../net/api.js").Reply} Reply */

/**
 * A request for runs: what it asks, for which entries, and how far it has come.
 * @typedef {object} Flight
 * @property {string} problemKey
 * @property {Spec} spec
 * @property {number[]} ids  of the entries, in the order of the spec
 * @property {string[]} keys  of their runs
 * @property {string[]} names  of the parameters, once known
 * @property {string | null} lastId
 * @property {Record<number, Received>} rows  by id
 */

/**
 * @typedef {object} Ports  what this module uses of the others
 * @property {import("../state/store.js").Store} store
 * @property {typeof import("../net/api.js").getRuns} getRuns
 * @property {typeof import("../net/stream.js").streamRuns} streamRuns
 * @property {(key: string, problem: WireProblem, start: number[]) => void} onProblem
 * @property {(ids: number[]) => void} onAnswer
 */

/** @param {State} state @param {Entry} entry @returns {boolean} whether its run needs nothing more for now */
function isThere(state, entry) {
  const run = state.runs[entry.id];
  if (run?.key !== runKey(state, entry)) return false;
  return run.end !== null || (run.cut && state.moving);
}

/** @param {State} state @param {Entry[]} entries @returns {Flight} */
function flightOf(state, entries) {
  return {
    problemKey: problemKey(state),
    spec: specOf(state, entries),
    ids: entries.map((entry) => entry.id),
    keys: entries.map((entry) => runKey(state, entry)),
    names: [],
    lastId: null,
    rows: {},
  };
}

/** @param {Flight} flight @param {number} index @returns {Received} with no rows yet */
function blank(flight, index) {
  const columns = append(null, flight.names, { parameters: Object.fromEntries(flight.names.map((name) => [name, []])), loss: [] });
  return { key: flight.keys[index], problemKey: flight.problemKey, columns, length: 0, end: null, cut: false, notes: [] };
}

/**
 * Put one event of a stream into its flight.
 * @param {Flight} flight @param {StreamEvent} event
 */
function take(flight, event) {
  if (event.type === "start") {
    flight.names = event.problem.parameters;
    event.runs.forEach(({ run, notes }) => void (flight.rows[flight.ids[run]] = { ...blank(flight, run), notes: notes ?? [] }));
  } else if (event.type === "steps") {
    const run = flight.rows[flight.ids[event.run]];
    const columns = append(run.columns, flight.names, event, event.from);
    flight.rows[flight.ids[event.run]] = { ...run, columns, length: event.from + event.loss.length };
  } else if (event.type === "end") {
    flight.rows[flight.ids[event.run]] = { ...flight.rows[flight.ids[event.run]], end: endOf(event) };
  }
}

/** Rows that were there already are not taken back while the same run comes again. @param {State} state @param {Flight} flight */
function worthShowing(state, flight) {
  const better = Object.entries(flight.rows).filter(([id, run]) => {
    const shown = state.runs[Number(id)];
    return run.length > 0 && (shown?.key !== run.key || run.end !== null || run.length >= shown.length);
  });
  return Object.fromEntries(better);
}

/** @param {Reply} reply @param {Flight} flight @returns {Record<number, Received>} */
function receivedOf(reply, flight) {
  const { parameters } = reply.problem;
  const all = reply.runs.map((wire, k) => {
    const cut = isCut(wire, flight.spec);
    const run = { ...blank({ ...flight, names: parameters }, k), columns: append(null, parameters, wire), length: wire.loss.length };
    return [flight.ids[k], { ...run, cut, end: cut ? null : endOf(wire), notes: wire.notes ?? [] }];
  });
  return Object.fromEntries(all);
}

/**
 * @param {Ports} ports
 * @param {ReturnType<typeof import("./lane.js").createLane>} lane
 */
export function createRuns({ store, getRuns, streamRuns, onProblem, onAnswer }, lane) {
  /** @type {Flight | null} */
  let flight = null;
  /** The one that ended last. @type {Flight | null} */
  let ended = null;
  /** A stream that broke off: to be gone on with. @type {Flight | null} */
  let broken = null;
  /** Runs the server will not have. @type {Set<string>} */
  const refused = new Set();

  /** @param {Entry[]} missing @param {State} state */
  const covered = (missing, state) => flight !== null && missing.every((entry) => flight?.keys[flight.ids.indexOf(entry.id)] === runKey(state, entry));

  /** @param {Flight} mine @param {AbortSignal} signal */
  async function inOneReply(mine, signal) {
    const parameters = store.get().world?.problem.parameters.length ?? 2;
    const reply = await getRuns(fitted(mine.spec, parameters), { drawnOnly: true, signal });
    onProblem(mine.problemKey, reply.problem, reply.start);
    store.update(receiveRuns, receivedOf(reply, mine));
    onAnswer(mine.ids);
  }

  /** @param {Flight} mine @param {AbortSignal} signal */
  async function asStream(mine, signal) {
    broken = mine;
    await streamRuns(mine.spec, {
      signal,
      lastId: mine.lastId,
      onEvents(events, lastId) {
        for (const event of events) {
          take(mine, event);
          if (event.type === "start") onProblem(mine.problemKey, event.problem, event.start);
        }
        mine.lastId = lastId;
        store.update(receiveRuns, worthShowing(store.get(), mine));
        onAnswer(mine.ids);
      },
    });
    broken = null;
  }

  /** @param {Flight} mine @param {boolean} whole */
  const start = (mine, whole) => async (/** @type {AbortSignal} */ signal) => {
    flight = mine;
    try {
      await (whole ? asStream(mine, signal) : inOneReply(mine, signal));
    } finally {
      ended = mine;
      if (flight === mine) flight = null;
    }
  };

  /** @param {Flight} fresh @returns {Flight} the broken one, where it asks the same */
  function resumed(fresh) {
    const same = broken?.lastId && JSON.stringify([broken.spec, broken.ids]) === JSON.stringify([fresh.spec, fresh.ids]);
    return same ? /** @type {Flight} */ (broken) : fresh;
  }

  return {
    /** @param {State} state */
    sync(state) {
      const missing = state.entries.filter((entry) => !isThere(state, entry) && !refused.has(runKey(state, entry)));
      if (!missing.length || covered(missing, state)) return lane.rest();
      const fresh = flightOf(state, broken && !state.moving ? withBroken(state, missing) : missing);
      const mine = state.moving ? fresh : resumed(fresh);
      const urgent = !state.moving && flight !== null && flight.problemKey !== mine.problemKey;
      lane.wish({ key: JSON.stringify([state.moving, mine.ids, mine.keys]), start: start(mine, !state.moving) }, urgent);
    },
    /**
     * The server will not have the last request: not asked again, but for the runs it had nothing against.
     * @param {number | null} index  of the one it names, null: the request as a whole
     * @returns {number | null} the entry meant
     */
    refuse(index) {
      const mine = ended;
      broken = null;
      if (!mine) return null;
      const keys = index === null ? mine.keys : [mine.keys[index]];
      keys.forEach((key) => refused.add(key));
      return index === null ? null : mine.ids[index];
    },
  };

  /** All entries of a stream that broke off, so that it can be gone on with. @param {State} state @param {Entry[]} missing */
  function withBroken(state, missing) {
    const again = state.entries.filter((entry) => broken?.ids.includes(entry.id));
    const same = again.every((entry) => broken?.keys[broken.ids.indexOf(entry.id)] === runKey(state, entry));
    return same && again.length === broken?.ids.length && missing.every((entry) => again.includes(entry)) ? again : missing;
  }
}
