/** Sees to it that every run asked for is there: streamed, or while a control is held in one short reply. */

import type { Column, Reply, WireEnd, WireProblem } from "../../service/api.ts";
import { Refused } from "../../service/http.ts";
import type { StreamEvent } from "../../service/stream.ts";
import type { WireColumns } from "../../state/columns.ts";
import { append } from "../../state/columns.ts";
import { hasOwnMap } from "../../state/network.ts";
import { receiveRuns } from "../../state/receiving.ts";
import { problemKey, runKey, specOf } from "../../state/state.ts";
import type { Store } from "../../state/store.ts";
import type { End, Entry, OptimizerSpec, Received, Refusal, Spec, State } from "../../state/types.ts";
import type { createLane } from "./lane.ts";

/** Numbers in one reply: 60 kB on the wire hold somewhat more, compressed. */
const MOST_NUMBERS = 5400;

/**
 * @param parameters  how many the problem has
 * @returns with as many steps as the budget allows
 */
function fitted(spec: Spec, parameters: number, columns: Column[]): Spec {
  const widths = (batch: number) => ({ parameters, loss: 1, gradient: parameters, batch, evaluations: 3 });
  const widthOf = ({ batch_size }: OptimizerSpec) =>
    columns.reduce((sum, column) => sum + widths(batch_size ?? 1)[column], 0);
  const rows = Math.floor(
    MOST_NUMBERS /
      Math.max(
        1,
        spec.optimizers.reduce((sum, optimizer) => sum + widthOf(optimizer), 0),
      ),
  );
  const max_steps = Math.min(spec.stop.max_steps, rows);
  return { ...spec, stop: { ...spec.stop, max_steps } };
}

/** @param whole  as it was before fitting @returns whether there is more to come */
function isCut(wire: WireEnd, whole: Spec): boolean {
  return wire.stop_reason === "max_steps" && wire.n_steps < whole.stop.max_steps;
}

export function endOf({ stop_reason, n_steps, diverged_at = null, what_broke, end_point }: WireEnd): End {
  return { stop_reason, n_steps, diverged_at, ...(what_broke && { what_broke }), ...(end_point && { end_point }) };
}

/** A request for runs: what it asks, for which entries, how far it has come; under way, broken off, or over. */
interface RunsRequest {
  /** those that are asked for */
  columns: Column[];
  problemKey: string;
  spec: Spec;
  /** of the entries, in the order of the spec */
  ids: number[];
  /** of their runs, by id */
  keys: Map<number, string>;
  /** of the parameters, once known */
  names: string[];
  lastId: string | null;
  /** by id */
  rows: Record<number, Received>;
}

/** what this module uses of the others */
interface Ports {
  store: Store;
  /** what is drawn of a run */
  columnsOf: (state: State, entry: Entry) => Column[];
  getRuns: typeof import("../../service/api.ts").getRuns;
  streamRuns: typeof import("../../service/stream.ts").streamRuns;
  onProblem: (key: string, problem: WireProblem, start: number[]) => void;
  onAnswer: (ids: number[]) => void;
  /** entry: id of the one it is about; null: of the whole request */
  onRefused: (errors: Refusal[], entry: number | null) => void;
}

/** @returns index of the optimizer that a refusal is about */
function optimizerNamed(errors: Refusal[]): number | null {
  const loc = errors[0]?.loc ?? [];
  const index = loc[loc.indexOf("optimizers") + 1];
  return loc.includes("optimizers") && typeof index === "number" ? index : null;
}

/** @returns whether its run needs nothing more for now */
function isThere(state: State, entry: Entry): boolean {
  const run = state.runs[entry.id];
  if (run?.key !== runKey(state, entry)) return false;
  return run.end !== null || (run.cut && state.moving);
}

function requestOf(state: State, entries: Entry[], columns: Column[]): RunsRequest {
  return {
    columns,
    problemKey: problemKey(state),
    spec: specOf(state, entries),
    ids: entries.map((entry) => entry.id),
    keys: new Map(entries.map((entry) => [entry.id, runKey(state, entry)])),
    names: [],
    lastId: null,
    rows: {},
  };
}

/** @returns whether it asks for what the run of an entry is now */
const asksFor = ({ keys }: RunsRequest, state: State, entry: Entry) => keys.get(entry.id) === runKey(state, entry);

/** @returns with no rows yet */
function blank(request: RunsRequest, id: number): Received {
  const parameters = request.columns.includes("parameters")
    ? Object.fromEntries(request.names.map((name) => [name, []]))
    : undefined;
  const columns = append(null, request.names, { parameters, loss: [] });
  return {
    key: request.keys.get(id) ?? "",
    problemKey: request.problemKey,
    columns,
    length: 0,
    end: null,
    cut: false,
    notes: [],
  };
}

const withRows = (run: Received, names: string[], wire: WireColumns, from: number = 0): Received => ({
  ...run,
  columns: append(run.columns, names, wire, from),
  length: from + wire.loss.length,
});

/** Put one event of a stream into its request. */
function take(request: RunsRequest, event: StreamEvent) {
  const { rows, ids } = request;
  if (event.type === "start") {
    request.names = event.problem.parameters;
    for (const { run, notes = [] } of event.runs) rows[ids[run]] = { ...blank(request, ids[run]), notes };
  } else if (event.type === "steps") {
    rows[ids[event.run]] = withRows(rows[ids[event.run]], request.names, event, event.from);
  } else if (event.type === "end") {
    rows[ids[event.run]] = { ...rows[ids[event.run]], end: endOf(event) };
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
  const names = reply.problem.parameters;
  return Object.fromEntries(
    reply.runs.map((wire, k) => {
      const [id, cut] = [request.ids[k], isCut(wire, request.spec)];
      return [
        id,
        {
          ...withRows(blank({ ...request, names }, id), names, wire),
          cut,
          end: cut ? null : endOf(wire),
          notes: wire.notes ?? [],
        },
      ];
    }),
  );
}

export function createRuns(
  { store, columnsOf, getRuns, streamRuns, onProblem, onAnswer, onRefused }: Ports,
  lane: ReturnType<typeof createLane>,
) {
  let underWay: RunsRequest | null = null;
  /** A stream that broke off: to be gone on with. */
  let broken: RunsRequest | null = null;
  /** Runs the server will not have. */
  const refused: Set<string> = new Set();

  async function inOneReply(mine: RunsRequest, signal: AbortSignal) {
    const state = store.get();
    const parameters = state.problemOnMap?.problem.parameters.length ?? 2;
    const { spec, columns } = mine;
    // A network brings its parameters while it moves only where all of them fit.
    const whole = !hasOwnMap(state) && columns.includes("parameters");
    const reply = await getRuns(whole ? spec : fitted(spec, parameters, columns), { columns, signal });
    onProblem(mine.problemKey, reply.problem, reply.start);
    store.update(receiveRuns, receivedOf(reply, mine));
    onAnswer(mine.ids);
  }

  async function asStream(mine: RunsRequest, signal: AbortSignal) {
    broken = mine;
    await streamRuns(mine.spec, {
      columns: mine.columns,
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
    underWay = mine;
    let refusal: Refused | null = null;
    try {
      await (whole ? asStream(mine, signal) : inOneReply(mine, signal));
    } catch (error) {
      if (!(error instanceof Refused) || signal.aborted) throw error;
      refusal = error;
    } finally {
      if (underWay === mine) underWay = null;
    }
    if (refusal) refuse(mine, refusal.errors);
  };

  /** It is not asked again, but for the runs that the server had nothing against. */
  function refuse({ ids, keys }: RunsRequest, errors: Refusal[]) {
    const index = optimizerNamed(errors);
    const meant = index === null ? ids : [ids[index]];
    for (const id of meant) refused.add(keys.get(id) as string);
    broken = null;
    onRefused(errors, index === null ? null : ids[index]);
  }

  /** The one that broke off, where it asks for the same as ever and for all that is missing. */
  function requestFor(state: State, missing: Entry[]): RunsRequest {
    const again = state.entries.filter((entry) => broken && asksFor(broken, state, entry));
    const same =
      broken?.lastId && again.length === broken.ids.length && missing.every((entry) => again.includes(entry));
    return same && !state.moving ? (broken as RunsRequest) : requestOf(state, missing, columnsOf(state, missing[0]));
  }

  /** Those of which most is drawn come first; one request is for runs of which the same is drawn. */
  function first(state: State, missing: Entry[]): Entry[] {
    const drawn = missing.map((entry) => columnsOf(state, entry));
    const most = drawn.toSorted((a, b) => b.length - a.length)[0]?.join();
    return missing.filter((_, k) => drawn[k].join() === most);
  }

  return {
    sync(state: State) {
      const missing = first(
        state,
        state.entries.filter((entry) => !isThere(state, entry) && !refused.has(runKey(state, entry))),
      );
      if (missing.every((entry) => underWay && asksFor(underWay, state, entry))) return lane.rest();
      const mine = requestFor(state, missing);
      const urgent = !state.moving && underWay !== null && underWay.problemKey !== mine.problemKey;
      lane.wish({ key: JSON.stringify([state.moving, ...mine.keys]), start: start(mine, !state.moving) }, urgent);
    },
  };
}
