/**
 * The runs of the entries: which are wanted, and what is refused. They differ from other resources in that one need is
 * for several runs, each with a key of its own. So a request serves a need if it has all its keys, a refusal is noted
 * for the run that it is about, and runs have a place of their own in the state. How they come: `receivedRuns.ts`.
 */

import type { Reply } from "../service/api.ts";
import { hasMethod } from "../state/phases.ts";
import { receiveRefusals, refusalOf } from "../state/replies.ts";
import { receivesParameters } from "../state/stage.ts";
import { hasRun, problemKey, runKey, specOf } from "../state/state.ts";
import type { Column, Entry, Refusal, RunsRequest, State } from "../state/types.ts";
import { asStream, inOneReply, withRuns } from "./receivedRuns.ts";
import type { Ports, Resource } from "./resource.ts";

/** The columns that are drawn of a run. Evaluations only of methods: a rule evaluates its gradient once a step. */
export function columnsDrawn(state: State, entry: Entry, needs: Ports["viewColumns"]): Column[] {
  const counts = hasMethod(state.catalog, entry.optimizer);
  const needed = needs(state).filter((name) => name !== "evaluations" || counts);
  return receivesParameters(state, entry)
    ? [...new Set<Column>(["parameters", "loss", ...needed])]
    : ["loss", ...needed.filter((name) => name === "evaluations")];
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
  return hasRun(state, entry) || (run?.key === runKey(state, entry) && run.cut && state.dragging);
}

function requestOf(state: State, entries: Entry[], columns: Column[]): RunsRequest {
  const [ids, keys] = [entries.map(({ id }) => id), entries.map((entry) => runKey(state, entry))];
  return {
    key: JSON.stringify([state.dragging, ids, keys]),
    columns,
    problemKey: problemKey(state),
    spec: specOf(state, entries),
    ids,
    keys,
    names: [],
    lastId: null,
    rows: {},
  };
}

/** @returns whether runs are asked for as they are now */
const asksFor = ({ ids, keys }: RunsRequest, state: State, entry: Entry) =>
  keys[ids.indexOf(entry.id)] === runKey(state, entry);

/** The runs that are asked for first: those with the most columns. All runs of a request have the same columns. */
function first(missing: Entry[], drawnOf: (entry: Entry) => Column[]): Entry[] {
  const drawn = missing.map(drawnOf);
  const most = drawn.toSorted((a, b) => b.length - a.length)[0]?.join();
  return missing.filter((_, k) => drawn[k].join() === most);
}

export const runs: Resource<RunsRequest, Reply | null> = {
  name: "runs",
  needs(state, { viewColumns }) {
    const drawnOf = (entry: Entry) => columnsDrawn(state, entry, viewColumns);
    const all = state.entries.filter(
      (entry) => !isThere(state, entry) && !refusalOf(state, "runs", runKey(state, entry)),
    );
    const missing = first(all, drawnOf);
    if (!missing.length) return [];
    const { stream } = state;
    // A stream that broke off goes on, if its runs are unchanged and are all that is missing.
    const resumed =
      stream?.lastId && !state.dragging ? state.entries.filter((entry) => asksFor(stream, state, entry)) : [];
    const same = resumed.length === stream?.ids.length && missing.every((entry) => resumed.includes(entry));
    return [stream && same ? stream : requestOf(state, missing, drawnOf(missing[0]))];
  },
  request: (need, how) => (how.state.dragging ? inOneReply(need, how) : asStream(need, how)),
  withReply: (state, need, reply) => (reply ? withRuns(state, need, reply) : { ...state, stream: null }),
  serves: (sent, need) => need.keys.every((key, k) => sent.keys[sent.ids.indexOf(need.ids[k])] === key),
  isUrgent: (sent, need, { dragging }) => !dragging && sent.problemKey !== need.problemKey,
  withRefusal(state, { ids, keys }, errors) {
    const index = optimizerNamed(errors);
    const noted = receiveRefusals(state, "runs", index === null ? keys : [keys[index]], errors);
    const entry = index === null ? null : ids[index];
    return { ...noted, stream: null, fault: { kind: "refused", errors, problemKey: problemKey(state), entry } };
  },
};
