/**
 * How runs are asked for and come: in one short reply while a control is held, else as a stream, which puts them into
 * the state part by part (`receive`) and goes on where it broke off.
 */
import { sameValue } from "../math/values.ts";
import type { Reply } from "../service/api.ts";
import type { StreamEvent } from "../service/stream.ts";
import { appendRows, type WireColumns } from "../state/columns.ts";
import { clearRefusal, receiveRuns } from "../state/receiving.ts";
import { hasOwnMap } from "../state/stage.ts";
import type { Column, End, OptimizerSpec, ReceivedRun, RunsRequest, Spec, State } from "../state/types.ts";
import type { RequestContext } from "./resource.ts";

/** Parameters and losses in one reply, as numbers: 60 kB on the wire hold somewhat more, compressed. */
const MOST_NUMBERS = 5400;

/** All numbers in one reply: gradients and evaluations that views need shorten no run, batches of many points do. */
const MOST_WITH_NEEDS = 3 * MOST_NUMBERS;

/**
 * @param parameters  how many the problem has
 * @returns the spec with as many steps as one reply may hold
 */
function fitted(spec: Spec, parameters: number, columns: Column[]): Spec {
  const widths = (batch: number) => ({ parameters, loss: 1, gradient: parameters, batch, evaluations: 3 });
  const stepsIn = (numbers: number, names: Column[]) => {
    const widthOf = ({ batch_size }: OptimizerSpec) =>
      names.reduce((sum, name) => sum + widths(batch_size ?? 1)[name], 0);
    const width = spec.optimizers.reduce((sum, optimizer) => sum + widthOf(optimizer), 0);
    return Math.floor(numbers / Math.max(1, width));
  };
  const drawn = columns.filter((name) => name === "parameters" || name === "loss");
  const most = Math.min(stepsIn(MOST_NUMBERS, drawn), stepsIn(MOST_WITH_NEEDS, columns));
  return { ...spec, stop: { ...spec.stop, max_steps: Math.min(spec.stop.max_steps, most) } };
}

const endOf = ({ stop_reason, n_steps, diverged_at, what_broke, fault, end_point, recorded }: End): End => ({
  stop_reason,
  n_steps,
  diverged_at,
  what_broke,
  fault,
  end_point,
  recorded,
});

type RunKeys = Pick<ReceivedRun, "key" | "problemKey"> & { names: string[] };

const columnsWith = (before: ReceivedRun["columns"] | null, names: string[], wire: WireColumns, from: number = 0) => ({
  columns: appendRows(before, names, wire, from),
  length: from + wire.loss.length,
});

/** One whole run of a reply. */
export const receivedOf = (wire: Reply["runs"][number], { key, problemKey, names }: RunKeys): ReceivedRun => ({
  key,
  problemKey,
  ...columnsWith(null, names, wire),
  end: endOf(wire),
  cut: false,
  notes: wire.notes,
});

/** With one event of a stream. */
function withEvent(request: RunsRequest, event: StreamEvent): RunsRequest {
  const withRun = (run: number, change: Partial<ReceivedRun>) => {
    const id = request.ids[run];
    return { ...request, rows: { ...request.rows, [id]: { ...request.rows[id], ...change } } };
  };
  if (event.type === "steps") {
    const { columns } = request.rows[request.ids[event.run]];
    return withRun(event.run, columnsWith(columns, request.names, event, event.from));
  }
  if (event.type === "end") return withRun(event.run, { end: endOf(event) });
  if (event.type === "done") return request;
  const rows = event.runs.map(({ run, notes }): [number, ReceivedRun] => [
    request.ids[run],
    {
      key: request.keys[run],
      problemKey: request.problemKey,
      ...columnsWith(null, [], { loss: [] }),
      end: null,
      cut: false,
      notes,
    },
  ]);
  return { ...request, names: event.problem.parameters, rows: Object.fromEntries(rows) };
}

/**
 * The runs of a stream that have more rows than those that are shown: no row disappears while the same run comes again.
 */
function worthShowing(state: State, { rows }: RunsRequest) {
  const better = Object.entries(rows).filter(([id, run]) => {
    const before = state.runs[Number(id)];
    return run.length > 0 && (before?.key !== run.key || run.end !== null || run.length >= before.length);
  });
  return Object.fromEntries(better);
}

/** The state with the description of a problem; the same state while the description is the same. */
function described(
  state: State,
  { problemKey: key }: RunsRequest,
  { problem, start }: Pick<Reply, "problem" | "start">,
): State {
  const { key: before, keyWithoutRuns, start: from } = state.described ?? {};
  if (before === key && !keyWithoutRuns && sameValue(from, start)) return state;
  return { ...state, described: { key, keyWithoutRuns: null, problem, start } };
}

export function inOneReply(
  { spec, columns }: RunsRequest,
  { api, state, signal }: Pick<RequestContext, "api" | "state" | "signal">,
): Promise<Reply> {
  // A network brings parameters during a drag only where all its steps fit.
  const whole = !hasOwnMap(state) && columns.includes("parameters");
  const most = state.problemOnMap?.problem.parameters.length ?? 2;
  return api.getRuns(whole ? spec : fitted(spec, most, columns), { columns, signal });
}

export function withRuns(state: State, need: RunsRequest, reply: Reply): State {
  const { spec, ids, keys, problemKey } = need;
  const came = reply.runs.map((wire, k): [number, ReceivedRun] => {
    const run = receivedOf(wire, { key: keys[k], problemKey, names: reply.problem.parameters });
    const cut = wire.stop_reason === "max_steps" && wire.n_steps < spec.stop.max_steps;
    return [ids[k], cut ? { ...run, cut, end: null } : run];
  });
  return clearRefusal(receiveRuns(described(state, need, reply), Object.fromEntries(came)), ids);
}

/** @returns nothing: each part is put into the state as it comes */
export async function asStream(
  need: RunsRequest,
  { api, signal, receive }: Pick<RequestContext, "api" | "signal" | "receive">,
): Promise<null> {
  let mine = need;
  await api.streamRuns(need.spec, {
    columns: need.columns,
    signal,
    lastId: need.lastId,
    onEvents(events, lastId) {
      const start = events.find((event) => event.type === "start");
      const stream = { ...events.reduce(withEvent, mine), lastId };
      mine = stream;
      receive((state) => {
        const describedState = start ? described(state, need, start) : state;
        return clearRefusal(receiveRuns({ ...describedState, stream }, worthShowing(state, stream)), need.ids);
      });
    },
  });
  return null;
}
