/** What can be done to a line fit as a whole: pure functions, like the other actions; fetched with its controls. */
import { remarked, unchanging, withRate } from "./actions.ts";
import { fitDefaultsOf, suggestedRates } from "./catalog.ts";
import type { ProblemSpec, State } from "./types.ts";

/** @param change  to the loss or the units of a line fit */
export function changeFit(state: State, change: Partial<ProblemSpec>): State {
  const problem = { ...state.problem, ...change };
  if (!problem.standardize) delete problem.standardize;
  const rates = suggestedRates(state.catalog, problem);
  const entries = state.entries.map((entry) => withRate(unchanging(entry), rates[entry.optimizer.name ?? ""]));
  const start = fitDefaultsOf(state.catalog, problem)?.start ?? null;
  const next: State = {
    ...state,
    problem,
    entries,
    start,
    spare: [],
    window: null,
    edit: { kind: "fit" },
    moving: false,
  };
  return remarked(state, next);
}
