/** Sees to it that every run asked for is there: streamed, or while a control is held in one short reply. */
import { append } from "../../state/columns.ts";
import { receiveRuns } from "../../state/receiving.ts";
import { problemKey, runKey, specOf } from "../../state/state.ts";
import type { End, Entry, Received, Spec, State } from "../../state/types.ts";
import type { StreamEvent } from "../../service/stream.ts";
import type { DrawnColumn, Reply, WireEnd, WireProblem } from "../../service/api.ts";
import type { createLane } from "./lane.ts";
import type { Store } from "../../state/store.ts";

/** Numbers in one reply: 60 kB on the wire hold somewhat more, compressed. */
const MOST_NUMBERS = 5400;

/** Columns of which each parameter has one. */
const EACH: DrawnColumn[] = ["parameters", "gradient"];

/**
 * @param parameters  how many the problem has
 * @returns with as many steps as the budget allows
 */
function fitted(spec: Spec, parameters: number, columns: DrawnColumn[]): Spec {
  const numbers = columns.reduce((sum, column) => sum + (EACH.includes(column) ? parameters : 1), 0);
  const rows = Math.floor(MOST_NUMBERS / (Math.max(1, spec.optimizers.length) * numbers));
  const max_steps = Math.min(spec.stop.max_steps, rows);
  return { ...spec, stop: { ...spec.stop, max_steps } };
}

/** @param whole  as it was before fitting @returns whether there is more to come */
function isCut(wire: WireEnd, whole: Spec): boolean {
  return wire.stop_reason === "max_steps" && wire.n_steps < whole.stop.max_steps;
}

function endOf({ stop_reason, n_steps, diverged_at = null, what_broke, end_point }: WireEnd): End {
  return { stop_reason, n_steps, diverged_at, ...(what_broke && { what_broke }), ...(end_point && { end_point }) };
}

/** A request for runs: what it asks, for which entries, and how far it has come. */
interface RunsRequest {
  problemKey: string;
  spec: Spec;
  /** of the entries, in the order of the spec */
  ids: number[];
  /** of their runs */
  keys: string[];
  /** of the parameters, once known */
  names: string[];
  lastId: string | null;
  /** by id */
  rows: Record<number, Received>;
}

/** what this module uses of the others */
interface Ports {
  store: Store;
  /** of every run, also while a control is held */
  columns: DrawnColumn[];
  getRuns: typeof import("../../service/api.ts").getRuns;
  streamRuns: typeof import("../../service/stream.ts").streamRuns;
  onProblem: (key: string, problem: WireProblem, start: number[]) => void;
  onAnswer: (ids: number[]) => void;
}

/** @returns whether its run needs nothing more for now */
function isThere(state: State, entry: Entry): boolean {
  const run = state.runs[entry.id];
  if (run?.key !== runKey(state, entry)) return false;
  return run.end !== null || (run.cut && state.moving);
}

function requestOf(state: State, entries: Entry[]): RunsRequest {
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

/** @returns with no rows yet */
function blank(request: RunsRequest, index: number): Received {
  const columns = append(null, request.names, { parameters: Object.fromEntries(request.names.map((name) => [name, []])), loss: [] });
  return { key: request.keys[index], problemKey: request.problemKey, columns, length: 0, end: null, cut: false, notes: [] };
}

/** Put one event of a stream into its request. */
function take(request: RunsRequest, event: StreamEvent) {
  if (event.type === "start") {
    request.names = event.problem.parameters;
    event.runs.forEach(({ run, notes }) => void (request.rows[request.ids[run]] = { ...blank(request, run), notes: notes ?? [] }));
  } else if (event.type === "steps") {
    const run = request.rows[request.ids[event.run]];
    const columns = append(run.columns, request.names, event, event.from);
    request.rows[request.ids[event.run]] = { ...run, columns, length: event.from + event.loss.length };
  } else if (event.type === "end") {
    request.rows[request.ids[event.run]] = { ...request.rows[request.ids[event.run]], end: endOf(event) };
  }
}

/** Rows that were there already are not taken back while the same run comes again. */
function worthShowing(state: State, request: RunsRequest) {
  const better = Object.entries(request.rows).filter(([id, run]) => {
    const shown = state.runs[Number(id)];
    return run.length > 0 && (shown?.key !== run.key || run.end !== null || run.length >= shown.length);
  });
  return Object.fromEntries(better);
}

function receivedOf(reply: Reply, request: RunsRequest): Record<number, Received> {
  const { parameters } = reply.problem;
  const all = reply.runs.map((wire, k) => {
    const cut = isCut(wire, request.spec);
    const run = { ...blank({ ...request, names: parameters }, k), columns: append(null, parameters, wire), length: wire.loss.length };
    return [request.ids[k], { ...run, cut, end: cut ? null : endOf(wire), notes: wire.notes ?? [] }];
  });
  return Object.fromEntries(all);
}

export function createRuns({ store, columns, getRuns, streamRuns, onProblem, onAnswer }: Ports, lane: ReturnType<typeof createLane>) {
  let request: RunsRequest | null = null;
  /** The one that ended last. */
  let ended: RunsRequest | null = null;
  /** A stream that broke off: to be gone on with. */
  let broken: RunsRequest | null = null;
  /** Runs the server will not have. */
  const refused: Set<string> = new Set();

  const covered = (missing: Entry[], state: State) => request !== null && missing.every((entry) => request?.keys[request.ids.indexOf(entry.id)] === runKey(state, entry));

  async function inOneReply(mine: RunsRequest, signal: AbortSignal) {
    const parameters = store.get().problemOnMap?.problem.parameters.length ?? 2;
    const reply = await getRuns(fitted(mine.spec, parameters, columns), { columns, signal });
    onProblem(mine.problemKey, reply.problem, reply.start);
    store.update(receiveRuns, receivedOf(reply, mine));
    onAnswer(mine.ids);
  }

  async function asStream(mine: RunsRequest, signal: AbortSignal) {
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

  const start = (mine: RunsRequest, whole: boolean) => async (signal: AbortSignal) => {
    request = mine;
    try {
      await (whole ? asStream(mine, signal) : inOneReply(mine, signal));
    } finally {
      ended = mine;
      if (request === mine) request = null;
    }
  };

  /** @returns the broken one, where it asks the same */
  function resumed(fresh: RunsRequest): RunsRequest {
    const same = broken?.lastId && JSON.stringify([broken.spec, broken.ids]) === JSON.stringify([fresh.spec, fresh.ids]);
    return same ? broken as RunsRequest : fresh;
  }

  return {
    sync(state: State) {
      const missing = state.entries.filter((entry) => !isThere(state, entry) && !refused.has(runKey(state, entry)));
      if (!missing.length || covered(missing, state)) return lane.rest();
      const fresh = requestOf(state, broken && !state.moving ? withBroken(state, missing) : missing);
      const mine = state.moving ? fresh : resumed(fresh);
      const urgent = !state.moving && request !== null && request.problemKey !== mine.problemKey;
      lane.wish({ key: JSON.stringify([state.moving, mine.ids, mine.keys]), start: start(mine, !state.moving) }, urgent);
    },
    /**
     * The server will not have the last request: not asked again, but for the runs it had nothing against.
     * @param index  of the one it names, null: the request as a whole
     * @returns the entry meant
     */
    refuse(index: number | null): number | null {
      const mine = ended;
      broken = null;
      if (!mine) return null;
      const keys = index === null ? mine.keys : [mine.keys[index]];
      keys.forEach((key) => refused.add(key));
      return index === null ? null : mine.ids[index];
    },
  };

  /** All entries of a stream that broke off, so that it can be gone on with. */
  function withBroken(state: State, missing: Entry[]) {
    const again = state.entries.filter((entry) => broken?.ids.includes(entry.id));
    const same = again.every((entry) => broken?.keys[broken.ids.indexOf(entry.id)] === runKey(state, entry));
    return same && again.length === broken?.ids.length && missing.every((entry) => again.includes(entry)) ? again : missing;
  }
}
