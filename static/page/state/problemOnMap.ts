/** The problem on the map, put together from what the server has said of it and the landscape under it. */
import { levelsOf } from "../math/levels.ts";
import { countOf } from "./actions.ts";
import { datasetOf, isLineFit, surfaceOf } from "./catalog.ts";
import { receiveProblem, refusalOf } from "./receiving.ts";
import { hasRun, isFormula, problemKey } from "./state.ts";
import type { Described, Landscape, ProblemOnMap, State, Window } from "./types.ts";

/** While points are dragged the map stays where it is, or it would slide away under the hand. */
export const isDragged = (state: State): boolean => state.moving && isLineFit(state.problem);

/** Whether all runs are there, and no hand is on a control. */
const hasSettled = (state: State) =>
  !state.moving && (state.fault !== null || state.entries.every((entry) => hasRun(state, entry)));

/** @returns whether a map shows the whole problem; of a network that is known once it has been described */
export const hasMap = (state: State): boolean =>
  !state.problem.network || (state.described?.key === problemKey(state) && state.described.problem.domain.length > 0);

/** What can be said of a problem before any run of it has answered. */
function guessed(state: State, whole: Landscape): Omit<Described, "key" | "alone"> {
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

/** From what the domain of a formula is chosen. @returns null: not to be chosen now */
export function domainAsked(state: State) {
  const { usual, start, described, entries, runs } = state;
  const key = problemKey(state);
  if (!isFormula(state) || !hasSettled(state) || usual?.key !== key) return null;
  const { landscape } = usual;
  const from = start ?? (described?.key === key ? described : guessed(state, landscape)).start;
  const ran = entries.map(({ id }) => runs[id]).filter((run) => run?.problemKey === key);
  return { key: JSON.stringify([key, from, ran.map((run) => [run.key, run.length])]), landscape, from, ran };
}

/**
 * The domain of a formula: held while it is typed, while a control is held, and until its runs have ended.
 * @returns null: the usual one; undefined: not to be told yet
 */
function formulaWindow(state: State): Window | null | undefined {
  const { problemOnMap: shown, problem, usual, domain } = state;
  const other = (window: Window) =>
    String(window) === String(usual?.landscape.window) ||
    refusalOf(state, "whole landscape", `${problemKey(state)} ${window}`)
      ? null
      : window;
  if (hasSettled(state)) {
    const asked = domainAsked(state);
    return asked && domain?.key === asked.key ? other(domain.window) : undefined;
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

function problemOnMapOf(state: State, said: Omit<Described, "key" | "alone">, whole: Landscape | null): ProblemOnMap {
  const own = (isFormula(state) && whole?.window) || said.problem.domain;
  const domain = isDragged(state) && state.problemOnMap ? state.problemOnMap.problem.domain : own;
  return {
    key: problemKey(state),
    problem: { ...said.problem, domain, label: said.problem.label ?? "" },
    start: said.start,
    points: isLineFit(state.problem)
      ? (said.problem.points ?? state.problem.points ?? datasetOf(state.catalog, state.problem.dataset)?.points ?? null)
      : null,
    wholeLandscape: whole,
    levels: whole && levelsOf(whole.loss),
  };
}

/** The map changes to a problem once its landscape is there; the first one appears before it. */
export function withProblemOnMap(state: State): State {
  const { problemOnMap: shown, whole, described } = state;
  const key = problemKey(state);
  const formula = isFormula(state);
  const ready = whole?.key === key && (!formula || String(formulaWindow(state)) === String(whole.window));
  const landscape = ready ? whole.landscape : null;
  const said = described?.key === key ? described : null;
  if (shown?.key === key && (!landscape || shown.wholeLandscape === landscape)) {
    // What was said before any run had answered may have been a guess.
    const guess = said && said.start.join() !== shown.start.join();
    return guess ? receiveProblem(state, { ...shown, start: said.start }) : state;
  }
  if (!landscape && said?.problem.domain.length !== 0 && (shown || formula)) return state;
  const alone = !state.entries.length || state.fault?.kind === "refused";
  const told = said ?? (landscape && alone ? guessed(state, landscape) : null);
  return told ? receiveProblem(state, problemOnMapOf(state, told, landscape)) : state;
}
