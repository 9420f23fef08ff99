/**
 * Decides which problem the map shows. When another is set, the one before stays until two replies have been received:
 * the server's description, with the first run (`described`), and the landscape over the whole domain. A formula has no
 * domain: its landscape is first computed over the usual one, then, after its first runs, over one chosen from these.
 */
import { levelsOf } from "../math/levels.ts";
import { sameValue } from "../math/values.ts";
import { datasetOf, isLineFit, surfaceOf, variableCount } from "./catalog.ts";
import { drawnReply, refusalOf, replyFor } from "./replies.ts";
import { hasRun, isFormula, problemKey } from "./state.ts";
import type { Landscape, ProblemDescription, ProblemOnMap, ReceivedRun, State, Window } from "./types.ts";

/** @returns whether points are dragged: meanwhile the map keeps its domain, so that the ground does not move */
export const dragsPoints = (state: State): boolean => state.dragging && isLineFit(state.problem);

/** @returns whether all runs have been received, and no control is dragged */
const isAtRest = (state: State) =>
  !state.dragging && (state.fault !== null || state.entries.every((entry) => hasRun(state, entry)));

type Description = Pick<ProblemDescription, "problem" | "start">;

/** @returns the description assumed of a problem until the server has sent one with a run */
function assumedDescription(state: State, { y, window }: Landscape): Description {
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

/** What the domain of a formula is chosen from: the landscape over the usual domain, the start, and the runs. */
export type DomainBasis = { key: string; landscape: Landscape; start: number[]; runs: ReceivedRun[] };

/**
 * The key does not depend on the runs' values, as a new domain with each of them would recolour the whole map.
 * @returns null: no domain is to be chosen in this state
 */
export function domainBasis(state: State): DomainBasis | null {
  const { start, described, entries, runs } = state;
  const key = problemKey(state);
  const landscape = replyFor(state, "landscape", wholeLandscapeKey(state, null));
  if (!isFormula(state) || !isAtRest(state) || !landscape) return null;
  const from = start ?? (described?.key === key ? described : assumedDescription(state, landscape)).start;
  const runsThere = entries.map(({ id }) => runs[id]).filter((run) => run?.problemKey === key);
  return { key: JSON.stringify([key, from, runsThere.length > 0]), landscape, start: from, runs: runsThere };
}

/**
 * @returns the domain chosen for a formula, once its runs have been received; until then, and while a control is
 *   dragged, that of the formula before, if it has the same variables
 */
function domainOfFormula(state: State): Window | null {
  if (isAtRest(state)) return replyFor(state, "domain", domainBasis(state)?.key ?? "") ?? null;
  const { kind, parameters, domain } = state.problemOnMap?.problem ?? {};
  const isAlike = kind === "expression" && parameters?.length === variableCount(state.problem.expression ?? "");
  return (isAlike && domain) || null;
}

/** @returns whether the landscape over the usual domain is not drawn, but only serves to choose another domain */
const awaitsDomain = (state: State) => isFormula(state) && !state.dragging && !domainOfFormula(state);

/** @returns the window of the whole landscape; null: the usual one, also if the server has refused another */
export function wholeLandscapeWindow(state: State): Window | null {
  if (dragsPoints(state)) return state.problemOnMap?.problem.domain ?? null;
  const domain = isFormula(state) ? domainOfFormula(state) : null;
  const isUsual = !domain || sameValue(domain, drawnReply(state, "landscape", "usual")?.window);
  return isUsual || refusalOf(state, "landscape", wholeLandscapeKey(state, domain)) ? null : domain;
}

/**
 * @param window  null: the usual one
 * @returns the key of the reply with the whole landscape, which is coarser while points are dragged
 */
export const wholeLandscapeKey = (state: State, window: Window | null): string =>
  dragsPoints(state) ? coarseKey(state) : `${problemKey(state)}${window ? ` ${window}` : ""}`;

const coarseKey = (state: State) => `${problemKey(state)} dragging`;

/** @returns a key of the problem and its domain, by which landscapes of its parts are kept */
export const groundKey = ({ key, problem }: ProblemOnMap): string => `${key} ${problem.domain}`;

/** @returns the landscape over the whole domain of the problem; null: not received yet */
function landscapeOf(state: State): Landscape | null {
  if (awaitsDomain(state)) return null;
  const whole = replyFor(state, "landscape", wholeLandscapeKey(state, wholeLandscapeWindow(state)));
  // Until it is received, the coarse one is drawn that was requested while points were dragged.
  return whole ?? replyFor(state, "landscape", coarseKey(state)) ?? null;
}

/** landscape: null: not received yet, or the problem is a network, which has none */
type ReceivedProblem = { description: Description; landscape: Landscape | null };

/**
 * The first problem of a page is shown without a landscape.
 * @returns what the map can show of the problem that is set; null: too little, so that it keeps the one before
 */
function receivedProblem(state: State): ReceivedProblem | null {
  const { described, entries, fault, problemOnMap: shown } = state;
  const key = problemKey(state);
  const isShown = shown?.key === key;
  const description = described?.key === key ? described : null;
  const landscape = landscapeOf(state) ?? (isShown ? shown.wholeLandscape : null);
  if (landscape) {
    const noRunWillSay = !entries.length || fault?.kind === "refused";
    const current = description ?? (noRunWillSay ? assumedDescription(state, landscape) : null);
    return current && { description: current, landscape };
  }
  const isFirst = !shown && !isFormula(state);
  const hasNone = description?.problem.domain.length === 0;
  return description && (isShown || isFirst || hasNone) ? { description, landscape } : null;
}

function onMap(state: State, { description: { problem, start }, landscape }: ReceivedProblem): ProblemOnMap {
  const { catalog, problem: spec, problemOnMap: shown } = state;
  const ownDomain = (isFormula(state) && landscape?.window) || problem.domain;
  const domain = dragsPoints(state) && shown ? shown.problem.domain : ownDomain;
  const points = () => problem.points ?? spec.points ?? datasetOf(catalog, spec.dataset)?.points ?? null;
  return {
    key: problemKey(state),
    spec,
    problem: { ...problem, domain, label: problem.label ?? "" },
    start,
    points: isLineFit(spec) ? points() : null,
    wholeLandscape: landscape,
    levels: landscape && levelsOf(landscape.loss),
  };
}

/** Updates `problemOnMap` once enough of the problem that is set has been received. */
export function withProblemOnMap(state: State): State {
  const { problemOnMap: shown } = state;
  const next = receivedProblem(state);
  if (!next) return state;
  if (shown?.key !== problemKey(state) || shown.wholeLandscape !== next.landscape)
    return { ...state, problemOnMap: onMap(state, next) };
  // An assumed start is replaced by the one that the server describes.
  const { start } = next.description;
  return sameValue(start, shown.start) ? state : { ...state, problemOnMap: { ...shown, start } };
}

/** Whether a start is farther from the domain than the domain is wide, so that no screen shows it. */
const isFarOff = (start: number[], domain: Window) =>
  start.some((value, k) => {
    const [low, high] = domain[k];
    return value < 2 * low - high || value > 2 * high - low;
  });

/** @returns whether no screen shows the start, unless a window is set */
export function isOffTheMap(state: Pick<State, "fault" | "problemOnMap" | "start" | "window" | "entries">): boolean {
  const from = state.start ?? state.problemOnMap?.start;
  const domain = state.problemOnMap?.problem.domain;
  if (!from || from.length !== domain?.length || !isFarOff(from, domain)) return false;
  return !state.fault && !state.window && state.entries.length > 0;
}
