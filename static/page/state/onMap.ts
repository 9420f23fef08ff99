/** Actions by which an explanation draws on the map and in the data. */
import type { Principal, Shares, State } from "./types.ts";

/** @param direction  the way that the highlighted quantity would have the run go, in parameters; null: it is none */
export function tellDirection(state: State, direction: number[] | null): State {
  const same = direction?.every((value, k) => value === state.direction?.[k]) ?? state.direction === null;
  return same ? state : { ...state, direction };
}

export function tellPrincipal(state: State, principal: Principal | null): State {
  return state.principal === principal ? state : { ...state, principal };
}

export function tellShares(state: State, shares: Shares | null): State {
  return state.shares === shares ? state : { ...state, shares };
}
