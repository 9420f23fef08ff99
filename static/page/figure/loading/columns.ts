/**
 * Fetches, once nothing moves, the columns that runs lack: those that came while a control was held, and those now
 * looked at more closely.
 */

import type { Column } from "../../service/api.ts";
import { completed, lacksColumn } from "../../state/columns.ts";
import { receiveRuns } from "../../state/receiving.ts";
import { runKey, specOf } from "../../state/state.ts";
import type { Store } from "../../state/store.ts";
import type { Entry, State } from "../../state/types.ts";
import type { createLane } from "./lane.ts";

interface Ports {
  store: Store;
  columnsOf: (state: State, entry: Entry) => Column[];
  getRuns: typeof import("../../service/api.ts").getRuns;
}

export function createColumns({ store, columnsOf, getRuns }: Ports, lane: ReturnType<typeof createLane>) {
  const lacking = (state: State, entry: Entry) =>
    columnsOf(state, entry).filter((name) => lacksColumn(state.runs[entry.id].columns, name));

  function lacks(state: State, entry: Entry): boolean {
    const run = state.runs[entry.id];
    return run?.key === runKey(state, entry) && run.end !== null && lacking(state, entry).length > 0;
  }

  const start = (asked: State, entries: Entry[]) => async (signal: AbortSignal) => {
    const columns = [...new Set(entries.flatMap((entry) => lacking(asked, entry)))];
    const { problem, runs } = await getRuns(specOf(asked, entries), { columns, signal });
    const state = store.get();
    const still = entries.flatMap((entry, k) => {
      const shown = state.runs[entry.id];
      return shown?.key === runKey(asked, entry)
        ? [[entry.id, { ...shown, columns: completed(shown.columns, problem.parameters, runs[k]) }]]
        : [];
    });
    store.update(receiveRuns, Object.fromEntries(still));
  };

  return {
    sync(state: State) {
      const entries = state.moving ? [] : state.entries.filter((entry) => lacks(state, entry));
      if (!entries.length) return lane.rest();
      lane.wish({
        key: JSON.stringify(entries.map((entry) => [lacking(state, entry), runKey(state, entry)])),
        start: start(state, entries),
      });
    },
  };
}
