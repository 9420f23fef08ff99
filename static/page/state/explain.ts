/** Actions and queries on what is explained beside the map. */
import type { Codec } from "./codecs.ts";
import * as codec from "./codecs.ts";
import { EXPLANATIONS, type Explanation, type ExplanationName, WORKING } from "./explanations.ts";
import type { ExplanationSettings, State } from "./types.ts";

type ExplanationFields = {
  [K in keyof ExplanationSettings]: [
    form: Codec<NonNullable<ExplanationSettings[K]>>,
    first?: ExplanationSettings[K],
    key?: string,
  ];
};

/** How addresses write each field, its first value if that is not null, and its key if that is not its name. */
export const EXPLANATION_FIELDS: ExplanationFields = {
  // A name that there is none of opens nothing.
  explanation: [codec.text as Codec<ExplanationName>],
  parameter: [codec.whole, 0],
  against: [codec.whole],
  followsPlayhead: [codec.flag, false, "follows"],
  singleRun: [codec.flag, false, "alone"],
  firstStepsOnly: [codec.flag, null, "first"],
  quantity: [codec.text],
  average: [codec.text],
  beta: [codec.number],
  corrected: [codec.flag],
  day: [codec.whole],
  averageFromRow: [codec.whole, null, "averaged"],
  cause: [codec.text],
  plane: [codec.text],
  tint: [codec.text],
  substep: [codec.text],
  sample: [codec.whole],
};

export const NOTHING_EXPLAINED = Object.fromEntries(
  Object.entries(EXPLANATION_FIELDS).map(([name, [, first = null]]) => [name, first]),
) as unknown as ExplanationSettings;

/** Changes fields of what is explained, as an edit. @returns the same state if none differs */
export function setExplain(state: State, change: Partial<ExplanationSettings>): State {
  const same = Object.entries(change).every(
    ([key, value]) => state.explain[key as keyof ExplanationSettings] === value,
  );
  return same ? state : { ...state, explain: { ...state.explain, ...change }, edit: { kind: "explain" } };
}

/** Opens an explanation in place of the one that is open; null closes it. */
export const setExplanation = (state: State, explanation: ExplanationName | null): State =>
  setExplain(state, { explanation });

export const openExplanation = ({ explain }: State) => EXPLANATIONS.find(({ name }) => name === explain.explanation);

/** @returns the open explanation, and those pinned in the figure */
export const explanationsInSight = ({ explain: { explanation }, pinned }: State): Explanation[] =>
  EXPLANATIONS.filter(({ name }) => name === explanation || pinned.includes(name));

/** @returns whether a visible explanation needs a kind of reply of the server */
export const explanationNeeds = (state: State, what: NonNullable<Explanation["needs"]>): boolean =>
  explanationsInSight(state).some(({ needs }) => needs === what);

export const showsWorking = (state: State): boolean => explanationsInSight(state).includes(WORKING);

/** Shows an explanation in the figure permanently, beside the one that is open. */
export const pinExplanation = (state: State, name: ExplanationName): State => ({
  ...state,
  pinned: [...state.pinned, name],
});

/** @returns whether the exhaustive search shows */
export const isSearching = (state: State): boolean => explanationNeeds(state, "losses");

/**
 * Shows a panel where only one fits at a time: on a narrow screen and on a wall; an open explanation takes its place
 * until it is closed. @param part  "map" shows the first
 */
export function showPanel(state: State, part: string): State {
  const panel = part === "map" ? null : part;
  return state.panel === panel ? state : { ...state, panel };
}

/** The name of the panel of explanations. */
export const EXPLANATIONS_PANEL = "explanations";

/** Shows the panel of a tab: that of explanations has the open one, or else the working; any other closes it. */
export const showTab = (state: State, tab: string): State =>
  tab === EXPLANATIONS_PANEL
    ? setExplanation(state, state.explain.explanation ?? WORKING.name)
    : setExplanation(showPanel(state, tab), null);

/** Highlights a quantity of the rule in all places. @param quantity  the name pointed at; null: none */
export function setHighlight(state: State, quantity: string | null): State {
  return state.highlighted === quantity ? state : { ...state, highlighted: quantity };
}
