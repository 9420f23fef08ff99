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

/**
 * @returns the domain that is chosen for a formula, once its runs rest; until then that of the one before, if it has
 * the same variables: it does not change while a formula is typed or a control is held
 */
function domainOfFormula(state: State): Window | null {
  if (isAtRest(state)) return valueIn(state, "domain", domainBasis(state)?.key ?? "") ?? null;
  const { kind, parameters, domain } = state.problemOnMap?.problem ?? {};
  const isAlike = kind === "expression" && parameters?.length === variableCount(state.problem.expression ?? "");
  return (isAlike && domain) || null;
}

/** Whether the landscape over the usual domain has come only for another one to be chosen. */
const awaitsDomain = (state: State) => isFormula(state) && !state.moving && !domainOfFormula(state);

/** @returns the window of the whole landscape; null: the usual one, also where the server has refused another */
export function windowOfWhole(state: State): Window | null {
  if (isDragged(state)) return state.problemOnMap?.problem.domain ?? null;
  const domain = isFormula(state) ? domainOfFormula(state) : null;
  const isUsual = !domain || sameValue(domain, lastOf(state, "landscape", "usual")?.window);
  return isUsual || refusalOf(state, "landscape", wholeKey(state, domain)) ? null : domain;
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
  if (awaitsDomain(state)) return null;
  const whole = valueIn(state, "landscape", wholeKey(state, windowOfWhole(state)));
  // Until it has come, the coarse one is drawn that came while points were dragged.
  return whole ?? valueIn(state, "landscape", `${problemKey(state)} moving`) ?? null;
}

/** landscape: null where none is there yet, or a network has none */
type Arrived = { description: Description; landscape: Landscape | null };

/**
 * @returns what has come of the problem that is set, as far as the map shows it; null: it shows what it has until more
 * comes. The first problem of a page appears without a landscape.
 */
function arrived(state: State): Arrived | null {
  const { described, entries, fault, problemOnMap: shown } = state;
  const key = problemKey(state);
  const isShown = shown?.key === key;
  const description = described?.key === key ? described : null;
  const landscape = landscapeOf(state) ?? (isShown ? shown.wholeLandscape : null);
  if (landscape) {
    const noRunWillSay = !entries.length || fault?.kind === "refused";
    const current = description ?? (noRunWillSay ? guessed(state, landscape) : null);
    return current && { description: current, landscape };
  }
  const isFirst = !shown && !isFormula(state);
  const hasNone = description?.problem.domain.length === 0;
  return description && (isShown || isFirst || hasNone) ? { description, landscape } : null;
}

function onMap(state: State, { description: { problem, start }, landscape }: Arrived): ProblemOnMap {
  const { catalog, problem: spec, problemOnMap: shown } = state;
  const ownDomain = (isFormula(state) && landscape?.window) || problem.domain;
  const domain = isDragged(state) && shown ? shown.problem.domain : ownDomain;
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

/** Puts the problem onto the map once enough of it has come. */
export function withProblemOnMap(state: State): State {
  const { problemOnMap: shown } = state;
  const next = arrived(state);
  if (!next) return state;
  if (shown?.key !== problemKey(state) || shown.wholeLandscape !== next.landscape)
    return { ...state, problemOnMap: onMap(state, next) };
  // Where it had to be guessed, the start may be another.
  const { start } = next.description;
  return sameValue(start, shown.start) ? state : { ...state, problemOnMap: { ...shown, start } };
}
