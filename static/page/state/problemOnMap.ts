/**
 * The problem that the map shows. The problem before stays until two answers have come: how the server describes the
 * next one with its first run (`described`), and the landscape over its whole domain. A formula has no domain: its
 * landscape comes over the usual one, then, once its first runs rest, over one chosen from these.
 */
import { levelsOf } from "../math/levels.ts";
import { sameValue } from "../math/values.ts";
import { variableCount } from "./actions.ts";
import { datasetOf, isLineFit, surfaceOf } from "./catalog.ts";
import { lastOf, refusalOf, valueIn } from "./known.ts";
import { hasRun, isFormula, problemKey } from "./state.ts";
import type { Landscape, ProblemDescription, ProblemOnMap, ReceivedRun, State, Window } from "./types.ts";

/** Whether points are dragged: the map then keeps its domain, or it would slide away under the hand. */
export const isDragged = (state: State): boolean => state.moving && isLineFit(state.problem);

/** Whether all runs are there, and no hand is on a control. */
const isAtRest = (state: State) =>
  !state.moving && (state.fault !== null || state.entries.every((entry) => hasRun(state, entry)));

type Description = Pick<ProblemDescription, "problem" | "start">;

/** What is assumed of a problem before any run of it has come. */
function guessed(state: State, { y, window }: Landscape): Description {
  const surface = surfaceOf(state.catalog, state.problem.surface);
  const middle = window.map(([low, high]) => (low + high) / 2);
  const parameters = y ? ["x", "y"] : ["x"];
  const problem = { parameters, domain: window, minima: surface?.minima ?? [] };
  if (isLineFit(state.problem))
    return { problem: { ...problem, kind: "line_fit", parameters: ["slope", "intercept"] }, start: [1, 0] };
  if (surface) return { problem: { ...problem, kind: "surface" }, start: surface.start };
  const usual = state.catalog?.own_formula?.start.slice(0, parameters.length);
  return { problem: { ...problem, kind: "expression" }, start: usual ?? middle };
}

/** What the domain of a formula is chosen from: the landscape over the usual one, a start, and the runs from there. */
export type DomainBasis = { key: string; landscape: Landscape; from: number[]; ran: ReceivedRun[] };

/**
 * The key does not depend on the values of the runs: with another domain the whole map would be recoloured.
 * @returns null: not to be chosen now
 */
export function domainBasis(state: State): DomainBasis | null {
  const { start, described, entries, runs } = state;
  const key = problemKey(state);
  const landscape = valueIn(state, "landscape", wholeKey(state, null));
  if (!isFormula(state) || !isAtRest(state) || !landscape) return null;
  const from = start ?? (described?.key === key ? described : guessed(state, landscape)).start;
  const ran = entries.map(({ id }) => runs[id]).filter((run) => run?.problemKey === key);
  return { key: JSON.stringify([key, from, ran.length > 0]), landscape, from, ran };
}

/** window: of the whole landscape, null: the usual one; isSettled: the map may show it, no other is to be chosen */
type WholeWindow = { window: Window | null; isFinal: boolean };

const usualWindow = (isFinal: boolean): WholeWindow => ({ window: null, isFinal });

/** The same, if it is another than the usual one and was not refused. */
function chosenWindow(state: State, window: Window): WholeWindow {
  const isUsual = sameValue(window, lastOf(state, "landscape", "usual")?.window);
  return isUsual || refusalOf(state, "landscape", wholeKey(state, window))
    ? usualWindow(true)
    : { window, isFinal: true };
}

/** It does not change while the formula is typed, while a control is held, or before its runs have ended. */
function windowOfFormula(state: State): WholeWindow {
  const { problemOnMap: shown, problem, moving } = state;
  if (isAtRest(state)) {
    const domain = valueIn(state, "domain", domainBasis(state)?.key ?? "");
    return domain ? chosenWindow(state, domain) : usualWindow(false);
  }
  const isAlike =
    shown?.problem.kind === "expression" && shown.problem.parameters.length === variableCount(problem.expression ?? "");
  return isAlike ? chosenWindow(state, shown.problem.domain) : usualWindow(moving);
}

export function windowOfWhole(state: State): WholeWindow {
  if (isDragged(state)) return { window: state.problemOnMap?.problem.domain ?? null, isFinal: true };
  return isFormula(state) ? windowOfFormula(state) : usualWindow(true);
}

/**
 * @param window  null: the usual one
 * @returns all that the whole landscape depends on; while points are dragged it may be coarse
 */
export const wholeKey = (state: State, window: Window | null): string =>
  `${problemKey(state)}${isDragged(state) ? " moving" : window ? ` ${window}` : ""}`;

/** @returns a key of the problem and its domain */
export const groundKey = ({ key, problem }: ProblemOnMap): string => `${key} ${problem.domain}`;

/** The landscape over the whole domain of the problem; null: it has not come. */
function landscapeOf(state: State): Landscape | null {
  const { window, isFinal } = windowOfWhole(state);
  // Until it has come, the coarse one is drawn that came while points were dragged.
  const keys = isFinal ? [wholeKey(state, window), `${problemKey(state)} moving`] : [];
  return keys.map((key) => valueIn(state, "landscape", key)).find((landscape) => landscape) ?? null;
}

/** @param landscape  null: none is there yet, or a network has none */
function shownOnMap(state: State, { problem, start }: Description, landscape: Landscape | null): State {
  const { catalog, problem: spec, problemOnMap: shown } = state;
  const ownDomain = (isFormula(state) && landscape?.window) || problem.domain;
  const domain = isDragged(state) && shown ? shown.problem.domain : ownDomain;
  const points = () => problem.points ?? spec.points ?? datasetOf(catalog, spec.dataset)?.points ?? null;
  const problemOnMap = {
    key: problemKey(state),
    spec,
    problem: { ...problem, domain, label: problem.label ?? "" },
    start,
    points: isLineFit(spec) ? points() : null,
    wholeLandscape: landscape,
    levels: landscape && levelsOf(landscape.loss),
  };
  return { ...state, problemOnMap };
}

/** Whether no run will say how the server describes the problem. */
const noneWillSay = ({ entries, fault }: State) => !entries.length || fault?.kind === "refused";

/** Puts the problem onto the map once its landscape has come; the first problem of a page appears without waiting. */
export function withProblemOnMap(state: State): State {
  const { problemOnMap: shown, described } = state;
  const key = problemKey(state);
  const landscape = landscapeOf(state);
  const description = described?.key === key ? described : null;
  if (shown?.key === key && (!landscape || shown.wholeLandscape === landscape)) {
    const wasGuessed = description && !sameValue(description.start, shown.start);
    return wasGuessed ? { ...state, problemOnMap: { ...shown, start: description.start } } : state;
  }
  if (landscape) {
    const current = description ?? (noneWillSay(state) && guessed(state, landscape));
    return current ? shownOnMap(state, current, landscape) : state;
  }
  const hasNone = description?.problem.domain.length === 0;
  const isFirst = !shown && !isFormula(state);
  return description && (hasNone || isFirst) ? shownOnMap(state, description, null) : state;
}
