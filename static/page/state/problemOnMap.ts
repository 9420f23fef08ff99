/**
 * The problem that the map shows. The problem before stays until two answers have come: how the server describes the
 * next one with its first run (`described`), and the landscape over its whole domain. A formula has no domain: its
 * landscape comes over the usual one, then, once its first runs rest, over one chosen from these.
 */
import { levelsOf } from "../math/levels.ts";
import { countOf } from "./actions.ts";
import { datasetOf, isLineFit, surfaceOf } from "./catalog.ts";
import { lastOf, refusalOf, valueIn } from "./known.ts";
import { hasRun, isFormula, problemKey } from "./state.ts";
import type { Landscape, ProblemDescription, ProblemOnMap, ReceivedRun, State, Window } from "./types.ts";

/** Whether points are dragged: the map then keeps its domain, or it would slide away under the hand. */
export const isDragged = (state: State): boolean => state.moving && isLineFit(state.problem);

/** Whether all runs are there, and no hand is on a control. */
const hasSettled = (state: State) =>
  !state.moving && (state.fault !== null || state.entries.every((entry) => hasRun(state, entry)));

/** What is assumed of a problem before any run of it has come. */
function guessed(state: State, whole: Landscape): Omit<ProblemDescription, "key" | "alone"> {
  const surface = surfaceOf(state.catalog, state.problem.surface);
  const fit = isLineFit(state.problem);
  const parameters = fit ? ["slope", "intercept"] : whole.y ? ["x", "y"] : ["x"];
  const usual = state.catalog?.own_formula?.start.slice(0, parameters.length);
  const middle = whole.window.map(([low, high]) => (low + high) / 2);
  return {
    problem: {
      kind: fit ? "line_fit" : surface ? "surface" : "expression",
      parameters,
      domain: whole.window,
      minima: surface?.minima ?? [],
    },
    start: surface?.start ?? (fit ? [1, 0] : (usual ?? middle)),
  };
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
  if (!isFormula(state) || !hasSettled(state) || !landscape) return null;
  const from = start ?? (described?.key === key ? described : guessed(state, landscape)).start;
  const ran = entries.map(({ id }) => runs[id]).filter((run) => run?.problemKey === key);
  return { key: JSON.stringify([key, from, ran.length > 0]), landscape, from, ran };
}

/**
 * The domain of a formula. It does not change while the formula is typed, while a control is held, or before its runs
 * have ended.
 * @returns null: the usual one; undefined: not to be told yet
 */
function formulaWindow(state: State): Window | null | undefined {
  const { problemOnMap: shown, problem } = state;
  const other = (window: Window) =>
    String(window) === String(lastOf(state, "landscape", "usual")?.window) ||
    refusalOf(state, "landscape", wholeKey(state, window))
      ? null
      : window;
  if (hasSettled(state)) {
    const domain = valueIn(state, "domain", domainBasis(state)?.key ?? "");
    return domain && other(domain);
  }
  const alike =
    shown?.problem.kind === "expression" && shown.problem.parameters.length === countOf(problem.expression ?? "");
  return alike ? other(shown.problem.domain) : state.moving ? null : undefined;
}

/** @returns that of the whole landscape; null: the usual one; undefined: not to be told yet */
export function windowOfWhole(state: State): Window | null | undefined {
  if (isDragged(state)) return state.problemOnMap?.problem.domain ?? null;
  return isFormula(state) ? formulaWindow(state) : null;
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
  const window = windowOfWhole(state);
  const landscapeAt = (key: string) => valueIn(state, "landscape", key) ?? null;
  // Until it has come, the coarse one is drawn that came while points were dragged.
  return window === undefined
    ? null
    : (landscapeAt(wholeKey(state, window)) ?? landscapeAt(`${problemKey(state)} moving`));
}

/** @param landscape  null: none is there yet, or a network has none */
function shownOnMap(
  state: State,
  description: Omit<ProblemDescription, "key" | "alone">,
  landscape: Landscape | null,
): State {
  const { catalog, problem, problemOnMap: shown } = state;
  const ownDomain = (isFormula(state) && landscape?.window) || description.problem.domain;
  const domain = isDragged(state) && shown ? shown.problem.domain : ownDomain;
  const points = () =>
    description.problem.points ?? problem.points ?? datasetOf(catalog, problem.dataset)?.points ?? null;
  const problemOnMap = {
    key: problemKey(state),
    spec: problem,
    problem: { ...description.problem, domain, label: description.problem.label ?? "" },
    start: description.start,
    points: isLineFit(problem) ? points() : null,
    wholeLandscape: landscape,
    levels: landscape && levelsOf(landscape.loss),
  };
  return { ...state, problemOnMap };
}

/** Puts the problem onto the map once its landscape has come; the first problem of a page appears without waiting. */
export function withProblemOnMap(state: State): State {
  const { problemOnMap: shown, described, entries, fault } = state;
  const key = problemKey(state);
  const landscape = landscapeOf(state);
  const description = described?.key === key ? described : null;
  if (shown?.key === key && (!landscape || shown.wholeLandscape === landscape)) {
    const wasGuessed = description && description.start.join() !== shown.start.join();
    return wasGuessed ? { ...state, problemOnMap: { ...shown, start: description.start } } : state;
  }
  const hasNone = description?.problem.domain.length === 0;
  if (!landscape && !hasNone && (shown || isFormula(state))) return state;
  if (description) return shownOnMap(state, description, landscape);
  const noneWillSay = !entries.length || fault?.kind === "refused";
  return landscape && noneWillSay ? shownOnMap(state, guessed(state, landscape), landscape) : state;
}
