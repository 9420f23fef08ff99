/** What is done to a formula of one's own: apart, as few who open the page type one. */
import { countOf, fitted } from "./actions.ts";
import { isLineFit } from "./catalog.ts";
import type { State } from "./types.ts";

/** The start that a formula is run from: the one there is, as far as it has variables for it. */
function startFor(
  { problem, start, spare, problemOnMap, catalog }: State,
  expression: string,
): Pick<State, "start" | "spare"> {
  const shown = isLineFit(problem) ? null : (start ?? problemOnMap?.start ?? null);
  if (!shown) return { start: null, spare: [] };
  const count = countOf(expression);
  const usual = catalog?.own_formula?.start ?? [];
  const all = [...shown, ...spare, ...usual.slice(shown.length + spare.length)];
  return all.length < count
    ? { start: null, spare: [] }
    : { start: all.slice(0, count), spare: [...shown, ...spare].slice(count) };
}

/** The formula as it is being typed. The start stays; seed and batches go with the landscape they were of. */
export function setExpression(state: State, expression: string, moving: boolean): State {
  const problem = { expression };
  const another = state.problem.expression === undefined;
  const shown = another
    ? { ...state, seed: 0, entries: state.entries.map((entry) => fitted({ ...state, problem }, entry)) }
    : state;
  return {
    ...shown,
    ...startFor(state, expression),
    problem,
    window: null,
    moving,
    edit: { kind: "expression" },
  };
}

/** The landscape turned, as a formula, and the start with it; the map stays where it is. */
export function turnTo(state: State, expression: string, start: number[], moving: boolean): State {
  return { ...setExpression(state, expression, moving), start, window: state.window };
}
