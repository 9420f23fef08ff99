/** Actions that store replies of the server in the state. */
import type { Catalog, Fault, Hit, ReceivedRun, State } from "./types.ts";

/** Stores the catalog. The brief one does not replace the full one, which may have been received first. */
export function receiveCatalog(state: State, catalog: Catalog): State {
  return state.catalog?.networks && !catalog.networks ? state : { ...state, catalog };
}

/**
 * Stores rows of runs, except of entries that were removed meanwhile.
 * @param runs  by the id of their entry
 */
export function receiveRuns(state: State, runs: Record<number, ReceivedRun>): State {
  const current = Object.entries(runs).filter(([id]) => state.entries.some((entry) => entry.id === Number(id)));
  return { ...state, runs: { ...state.runs, ...Object.fromEntries(current) } };
}

/** Removes the refusal that a reply has shown to be over. @param ids  of the entries that the reply is about */
export function clearRefusal(state: State, ids: number[]): State {
  const { fault } = state;
  const isOver = fault?.kind === "refused" && (fault.entry === null || ids.includes(fault.entry));
  return isOver ? setFault(state, null) : state;
}

export function setFault(state: State, fault: Fault | null): State {
  return state.fault === fault ? state : { ...state, fault };
}

export function setHovered(state: State, hit: Hit | null): State {
  const { hovered } = state;
  const same = hovered?.run === hit?.run && hovered?.step === hit?.step && hovered?.onMap === hit?.onMap;
  return same ? state : { ...state, hovered: hit };
}
