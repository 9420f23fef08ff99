/** What comes from the server, put into the state: pure functions, like the actions. */
import type {
  Band,
  Catalog,
  Fault,
  Hit,
  Landscape,
  ProblemOnMap,
  Received,
  Refusal,
  Search,
  State,
  Sweep,
} from "./types.ts";

/** What came in brief does not take the place of the whole, which may have come before. */
export function receiveCatalog(state: State, catalog: Catalog): State {
  return state.catalog?.networks && !catalog.networks ? state : { ...state, catalog };
}

/** The landscape of a problem has come: the map changes to it. */
export function receiveProblem(state: State, problemOnMap: ProblemOnMap): State {
  const same =
    state.problemOnMap?.key === problemOnMap.key && state.problemOnMap.wholeLandscape === problemOnMap.wholeLandscape;
  return { ...state, problemOnMap, landscape: same ? state.landscape : null };
}

/** @param key  of the problem */
export function receiveLandscape(state: State, key: string, landscape: Landscape): State {
  return state.problemOnMap?.key === key ? { ...state, landscape } : state;
}

/**
 * Rows of runs. An entry that was removed meanwhile gets none.
 * @param runs  by id
 */
export function receiveRuns(state: State, runs: Record<number, Received>): State {
  const wanted = Object.entries(runs).filter(([id]) => state.entries.some((entry) => entry.id === Number(id)));
  return { ...state, runs: { ...state.runs, ...Object.fromEntries(wanted) } };
}

/** @param ghosts  by the id of the entry */
export function receiveGhosts(state: State, ghosts: Record<number, Received>): State {
  return { ...state, ghosts: { ...state.ghosts, ...ghosts } };
}

/** @param ids  of the entries it is for: one sweep serves all that differ in the rate alone */
export function receiveSweep(state: State, ids: number[], sweep: Sweep): State {
  return { ...state, sweeps: { ...state.sweeps, ...Object.fromEntries(ids.map((id) => [id, sweep])) } };
}

export const receiveSearch = (state: State, search: Search): State => ({ ...state, search });

export function receiveBand(state: State, id: number, band: Band): State {
  return { ...state, bands: { ...state.bands, [id]: band } };
}

/** @param key  of the band */
export function refuseBand(state: State, key: string, errors: Refusal[]): State {
  return { ...state, bandsRefused: { ...state.bandsRefused, [key]: errors } };
}

export const UNFETCHED: Fault = { kind: "unfetched" };

export function setFault(state: State, fault: Fault | null): State {
  return state.fault === fault ? state : { ...state, fault };
}

export function hover(state: State, hit: Hit | null): State {
  const { hovered } = state;
  const same = hovered?.run === hit?.run && hovered?.step === hit?.step && hovered?.onMap === hit?.onMap;
  return same ? state : { ...state, hovered: hit };
}
