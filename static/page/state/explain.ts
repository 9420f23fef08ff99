/** What is explained beside the map: pure functions, like the other actions. */
import { EXPLANATIONS, type Explanation, WORKING } from "./explanations.ts";
import type { Explain, State } from "./types.ts";

export const NOTHING_EXPLAINED: Explain = {
  explanation: null,
  parameter: 0,
  against: null,
  followsPlayhead: false,
  singleRun: false,
  firstStepsOnly: null,
  quantity: null,
  average: null,
  beta: null,
  corrected: null,
  day: null,
  averageFromRow: null,
  cause: null,
  plane: null,
  tint: null,
  substep: null,
  sample: null,
};

export function explain(state: State, change: Partial<Explain>): State {
  const same = Object.entries(change).every(([key, value]) => state.explain[key as keyof Explain] === value);
  return same ? state : { ...state, explain: { ...state.explain, ...change }, edit: { kind: "explain" } };
}

/** @param explanation  takes the place of what explains the runs; null: nothing does */
export const setExplained = (state: State, explanation: string | null): State => explain(state, { explanation });

/** The panel in which explanations stand; on a narrow screen its tab opens the working. */
export const EXPLANATIONS_PANEL = "explanations";

/** @param narrow  the tab is what opens it, once one was chosen */
export const showsWorking = ({ state: { panel, explain }, narrow }: { state: State; narrow: boolean }): boolean =>
  narrow && panel ? panel === EXPLANATIONS_PANEL : explain.explanation === WORKING.name;

/** @returns the one that is open, and those that the figure shows for good */
export const explanationsInSight = ({ explain: { explanation }, shownForGood }: State): Explanation[] =>
  EXPLANATIONS.filter(({ name }) => name === explanation || shownForGood.includes(name));

export const explanationAsks = (state: State, what: NonNullable<Explanation["asks"]>): boolean =>
  explanationsInSight(state).some(({ asks }) => asks === what);

export const showForGood = (state: State, name: string): State => ({
  ...state,
  shownForGood: [...state.shownForGood, name],
});

/** @returns whether an exhaustive search is shown */
export const isSearching = (state: State): boolean => explanationAsks(state, "losses");

/** @param part  brought forward wherever one panel shows at a time; for the map what is first there */
export function bringForward(state: State, part: string): State {
  const panel = part === "map" ? null : part;
  return state.panel === panel ? state : { ...state, panel };
}

/** @param panel  on a wall, beside the map; what explains takes its place for as long as it is open */
export function showBeside(state: State, panel: string): State {
  return panel === EXPLANATIONS_PANEL
    ? setExplained(state, WORKING.name)
    : setExplained(bringForward(state, panel), null);
}

/** @param quantity  pointed at, wherever it stands; null: none */
export function setHighlight(state: State, quantity: string | null): State {
  return state.highlighted === quantity ? state : { ...state, highlighted: quantity };
}
