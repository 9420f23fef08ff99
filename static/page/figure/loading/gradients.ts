/** Fetches what only words and arrows need of the selected run, its gradients, once nothing moves. */
import { append } from "../../state/columns.ts";
import { receiveRuns } from "../../state/receiving.ts";
import { runKey, specOf } from "../../state/state.ts";
import type { Entry, State } from "../../state/types.ts";
import type { Store } from "../../state/store.ts";
import type { createLane } from "./lane.ts";

/** Longer runs go without: their reply would be large. */
const LONGEST = 10_000;

function wanting(state: State): Entry | null {
  const entry = state.entries.find((known) => known.id === state.selected);
  const run = entry && state.runs[entry.id];
  if (!entry || state.moving || !run?.end || run.columns.gradient || run.length > LONGEST) return null;
  return run.key === runKey(state, entry) ? entry : null;
}

export function createDetails(
  { store, getRuns }: { store: Store; getRuns: typeof import("../../service/api.ts").getRuns },
  lane: ReturnType<typeof createLane>,
) {
  const start = (state: State, entry: Entry) => async (signal: AbortSignal) => {
    const { problem, runs } = await getRuns(specOf(state, [entry]), { columns: null, signal });
    const shown = store.get().runs[entry.id];
    const key = runKey(state, entry);
    if (shown?.key !== key) return;
    store.update(receiveRuns, { [entry.id]: { ...shown, columns: append(null, problem.parameters, runs[0]), length: runs[0].loss.length } });
  };

  return {
    sync(state: State) {
      const entry = wanting(state);
      if (!entry) return lane.rest();
      lane.wish({ key: runKey(state, entry), start: start(state, entry) });
    },
  };
}
