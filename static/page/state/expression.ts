/** Actions on a formula that a visitor types; loaded when the first one is typed. */
import { isLineFit, variableCount } from "./catalog.ts";
import { adaptedToProblem } from "./entries.ts";
import type { State } from "./types.ts";

/**
 * Adapts the start to the number of variables of a formula: coordinates too many are set aside in `unusedStart`, and
 * used again by a formula that has a variable for them.
 */
function startFor(
  { problem, start, unusedStart, problemOnMap, catalog }: State,
  expression: string,
): Pick<State, "start" | "unusedStart"> {
  const startNow = isLineFit(problem) ? null : (start ?? problemOnMap?.start ?? null);
  if (!startNow) return { start: null, unusedStart: [] };
  const count = variableCount(expression);
  const usual = catalog?.own_formula?.start ?? [];
  const all = [...startNow, ...unusedStart, ...usual.slice(startNow.length + unusedStart.length)];
  return all.length < count
    ? { start: null, unusedStart: [] }
    : { start: all.slice(0, count), unusedStart: [...startNow, ...unusedStart].slice(count) };
}

/** Sets the formula while it is typed. The start stays; replacing another kind of problem resets seed and batches. */
export function setExpression(state: State, expression: string, dragging: boolean): State {
  const problem = { expression };
  const another = state.problem.expression === undefined;
  const adapted = another
    ? { ...state, seed: 0, entries: state.entries.map((entry) => adaptedToProblem({ ...state, problem }, entry)) }
    : state;
  return {
    ...adapted,
    ...startFor(state, expression),
    problem,
    window: null,
    dragging,
    edit: { kind: "expression" },
  };
}

/** Sets the formula of a rotated landscape and the start rotated with it; the window stays. */
export function turnTo(state: State, expression: string, start: number[], dragging: boolean): State {
  return { ...setExpression(state, expression, dragging), start, window: state.window };
}
