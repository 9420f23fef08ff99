/** What can be done to a network that is trained: pure functions, like the other actions; fetched with its controls. */
import { optimizerOf } from "./catalog.ts";
import { withoutRefusedFields } from "./suited.ts";
import type { NetworkSpec, State } from "./types.ts";

/** @param change  to the network; undefined: as the data set has it */
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
    moving: false,
  };
}

/** Sets whether inputs, and targets that are numbers, are standardised. */
export function scaleSamples(state: State, standardize: boolean): State {
  const { standardize: _, ...problem } = state.problem;
  return {
    ...state,
    problem: { ...problem, ...(standardize && { standardize }) },
    edit: { kind: "network", target: "units" },
    moving: false,
  };
}

/** Sets how many points each step of every run sees; null: all. */
export function setBatches(state: State, size: number | null): State {
  const entries = state.entries.map((entry) => {
    const { batch_size: _, ...optimizer } = entry.optimizer;
    const usual = optimizerOf(state.catalog, optimizer.name)?.batch_size ?? null;
    const batched = size === usual ? optimizer : { ...optimizer, batch_size: size };
    return { ...entry, optimizer: withoutRefusedFields(state.catalog, batched) };
  });
  return { ...state, entries, edit: { kind: "value", target: "batch_size of all" }, moving: false };
}
