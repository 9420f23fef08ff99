/** What comes from the server, put into the state: pure functions, like the actions. */
import type { Catalog, Fault, Hit, Known, Received, Refusal, State } from "./types.ts";

/** What came in brief does not take the place of the whole, which may have come before. */
export function receiveCatalog(state: State, catalog: Catalog): State {
  return state.catalog?.networks && !catalog.networks ? state : { ...state, catalog };
}

/**
 * Rows of runs. An entry that was removed meanwhile gets none.
 * @param runs  by id
 */
export function receiveRuns(state: State, runs: Record<number, Received>): State {
  const wanted = Object.entries(runs).filter(([id]) => state.entries.some((entry) => entry.id === Number(id)));
  return { ...state, runs: { ...state.runs, ...Object.fromEntries(wanted) } };
}

/** @param ids  of the entries that have been answered for: what was said of them is past, and of the server */
export function answered(state: State, ids: number[]): State {
  const { fault } = state;
  const stands = fault?.kind === "refused" && fault.entry !== null && !ids.includes(fault.entry);
  return stands ? state : setFault(state, null);
}

/** Refusals that are remembered of a resource. */
const REFUSED = 100;

/** @param name  of a resource @param kept  how much is known of it: the oldest makes room */
export function receiveKnown(state: State, name: string, key: string, known: Known<unknown>, kept = REFUSED): State {
  const { [key]: _, ...others } = state.known[name] ?? {};
  const all = Object.entries({ ...others, [key]: known }).slice(-kept);
  return { ...state, known: { ...state.known, [name]: Object.fromEntries(all) } };
}

/** @param keys  of what the server will not have of it */
export const refuse = (state: State, name: string, keys: string[], refused: Refusal[]): State =>
  keys.reduce((noted, key) => receiveKnown(noted, name, key, { refused }), state);

/** @returns whether it is not to be asked for any more: there is an answer, or the server will not have it */
export function isOver(state: State, name: string, key: string): boolean {
  const known = state.known[name]?.[key];
  return known !== undefined && ("value" in known || "refused" in known);
}

/** @returns why the server will not have it, if that is so */
export const refusalOf = (state: State, name: string, key: string): Refusal[] | undefined =>
  state.known[name]?.[key]?.refused;

export function setFault(state: State, fault: Fault | null): State {
  return state.fault === fault ? state : { ...state, fault };
}

export function hover(state: State, hit: Hit | null): State {
  const { hovered } = state;
  const same = hovered?.run === hit?.run && hovered?.step === hit?.step && hovered?.onMap === hit?.onMap;
  return same ? state : { ...state, hovered: hit };
}
