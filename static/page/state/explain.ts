/** What is explained beside the map: pure functions, like the other actions. */
import type { Explain, Principal, Shares, State } from "./types.ts";

export const NOTHING_EXPLAINED: Explain = {
  working: false,
  explanation: null,
  parameter: 0,
  against: null,
  alone: false,
  first: null,
  quantity: null,
  average: null,
  beta: null,
  corrected: null,
  day: null,
  averaged: null,
  cause: null,
  plane: null,
  tint: null,
  substep: null,
  sample: 0,
};

export function explain(state: State, change: Partial<Explain>): State {
  const same = Object.entries(change).every(([key, value]) => state.explain[key as keyof Explain] === value);
  return same ? state : { ...state, explain: { ...state.explain, ...change }, edit: { kind: "explain" } };
}

/** @param name  takes the place of what explains the runs: the working, or another explanation; null: nothing does */
export const setExplained = (state: State, name: string | null): State =>
  explain(state, { working: name === "working", explanation: name === "working" ? null : name });

/** @returns the name of what explains the runs */
export const explained = ({ explain: { working, explanation } }: State): string | null =>
  explanation ?? (working ? "working" : null);

/** @param narrow  its tab is what opens it */
export const showsWorking = ({
  state: {
    panel,
    explain: { working },
  },
  narrow,
}: {
  state: State;
  narrow: boolean;
}): boolean => (narrow ? panel === "working" : working);

/** @returns whether an exhaustive search is shown */
export const isSearching = ({ explain: { explanation } }: State): boolean => explanation === "search";

/** @param part  brought forward wherever one panel shows at a time; for the map what is first there */
export function bringForward(state: State, part: string): State {
  const panel = part === "map" ? null : part;
  return state.panel === panel ? state : { ...state, panel };
}

/** @param panel  on a wall, beside the map; what explains takes its place for as long as it is open */
export function showBeside(state: State, panel: string): State {
  const isWorking = panel === "working";
  return setExplained(isWorking ? state : bringForward(state, panel), isWorking ? panel : null);
}

/** @param quantity  pointed at, wherever it stands; null: none */
export function setHighlight(state: State, quantity: string | null): State {
  return state.highlighted === quantity ? state : { ...state, highlighted: quantity };
}

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
