/** Fetches, once nothing moves, how runs that change on the way would have gone on without their last change. */

import type { Column } from "../../service/api.ts";
import { Refused } from "../../service/http.ts";
import { append } from "../../state/columns.ts";
import { runRefuses, withoutLast } from "../../state/phases.ts";
import { receiveGhosts } from "../../state/receiving.ts";
import { problemKey, runKey, specOf } from "../../state/state.ts";
import type { Store } from "../../state/store.ts";
import type { Entry, Received, State } from "../../state/types.ts";
import type { createLane } from "./lane.ts";
import { endOf } from "./runs.ts";

/** All that is drawn of them: of a network the loss alone. */
const columnsOf = ({ problem, catalog }: State, entries: Entry[]): Column[] => [
  ...(problem.network ? [] : ["parameters" as const]),
  "loss",
  ...(entries.some(({ optimizer }) => runRefuses(catalog, optimizer, "program")) ? ["evaluations" as const] : []),
];

export function createGhosts(
  { store, getRuns }: { store: Store; getRuns: typeof import("../../service/api.ts").getRuns },
  lane: ReturnType<typeof createLane>,
) {
  /** Those that the server will not have. */
  const refused: Set<string> = new Set();

  /** Of runs that have come: what is asked first is them. */
  const missing = (state: State) =>
    state.entries.flatMap((entry) => {
      const before = withoutLast(entry);
      const key = before && runKey(state, before);
      const came = state.runs[entry.id]?.key === runKey(state, entry) && state.runs[entry.id].end !== null;
      return before && key && came && state.ghosts[entry.id]?.key !== key && !refused.has(key) ? [before] : [];
    });

  const start = (state: State, entries: Entry[]) => async (signal: AbortSignal) => {
    try {
      const { problem, runs } = await getRuns(specOf(state, entries), { columns: columnsOf(state, entries), signal });
      const received = runs.map((wire, k): [number, Received] => [
        entries[k].id,
        {
          key: runKey(state, entries[k]),
          problemKey: problemKey(state),
          columns: append(null, problem.parameters, wire),
          length: wire.loss.length,
          end: endOf(wire),
          cut: false,
          notes: [],
        },
      ]);
      store.update(receiveGhosts, Object.fromEntries(received));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      for (const entry of entries) refused.add(runKey(state, entry));
    }
  };

  return {
    sync(state: State) {
      const entries = state.moving ? [] : missing(state);
      if (!entries.length) return lane.rest();
      lane.wish({ key: JSON.stringify(entries.map((entry) => runKey(state, entry))), start: start(state, entries) });
    },
  };
}
