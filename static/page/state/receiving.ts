/** Actions that put answers of the server into the state. */
import type { Catalog, Fault, Hit, ReceivedRun, State } from "./types.ts";

/** The brief catalog does not replace the whole one, which may have come first. */
export function receiveCatalog(state: State, catalog: Catalog): State {
  return state.catalog?.networks && !catalog.networks ? state : { ...state, catalog };
}

/**
 * Rows of runs. An entry that was removed meanwhile gets none.
 * @param runs  by id
 */
export function receiveRuns(state: State, runs: Record<number, ReceivedRun>): State {
  const current = Object.entries(runs).filter(([id]) => state.entries.some((entry) => entry.id === Number(id)));
  return { ...state, runs: { ...state.runs, ...Object.fromEntries(current) } };
}

/** @param ids  of the entries that have been answered for: what was wrong with them, or with the server, is past */
export function clearFaults(state: State, ids: number[]): State {
  const { fault } = state;
  const stands = fault?.kind === "refused" && fault.entry !== null && !ids.includes(fault.entry);
  return stands ? state : setFault(state, null);
}

export function setFault(state: State, fault: Fault | null): State {
  return state.fault === fault ? state : { ...state, fault };
}

export function setHovered(state: State, hit: Hit | null): State {
  const { hovered } = state;
  const same = hovered?.run === hit?.run && hovered?.step === hit?.step && hovered?.onMap === hit?.onMap;
  return same ? state : { ...state, hovered: hit };
}
