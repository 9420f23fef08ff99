/** Actions on a network and its training; loaded together with its controls. */
import { optimizerOf } from "./catalog.ts";
import { withoutRefusedFields } from "./refusedFields.ts";
import type { NetworkSpec, State } from "./types.ts";

/** Changes the network. @param change  fields; undefined restores what the data set suggests */
export function changeNetwork(state: State, change: Partial<NetworkSpec>): State {
  const { network } = state.problem;
  if (!network) return state;
  return {
    ...state,
    problem: { ...state.problem, network: { ...network, ...change } },
    start: null,
    unusedStart: [],
    window: null,
    edit: { kind: "network", target: Object.keys(change).join() },
    dragging: false,
  };
}

/** Sets whether inputs, and targets that are numbers, are standardised. */
export function scaleSamples(state: State, standardize: boolean): State {
  const { standardize: _, ...problem } = state.problem;
  return {
    ...state,
    problem: { ...problem, ...(standardize && { standardize }) },
    edit: { kind: "network", target: "units" },
    dragging: false,
  };
}

/** Sets the batch size of every run; null: each step uses all points. */
export function setBatches(state: State, size: number | null): State {
  const entries = state.entries.map((entry) => {
    const { batch_size: _, ...optimizer } = entry.optimizer;
    const usual = optimizerOf(state.catalog, optimizer.name)?.batch_size ?? null;
    const batched = size === usual ? optimizer : { ...optimizer, batch_size: size };
    return { ...entry, optimizer: withoutRefusedFields(state.catalog, batched) };
  });
  return { ...state, entries, edit: { kind: "value", target: "batch_size of all" }, dragging: false };
}
