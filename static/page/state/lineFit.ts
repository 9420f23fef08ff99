/** The data of a line fit: what their axes are called, and the actions that change them; fetched with its controls. */
import { withAutoChangeNotice, withoutChanges, withRate } from "./actions.ts";
import { datasetOf, fitDefaultsOf, suggestedRates } from "./catalog.ts";
import type { ProblemSpec, State } from "./types.ts";

/** @param change  to the loss or the units of a line fit */
export function changeFit(state: State, change: Partial<ProblemSpec>): State {
  const problem = { ...state.problem, ...change };
  if (!problem.standardize) delete problem.standardize;
  const rates = suggestedRates(state.catalog, problem);
  const entries = state.entries.map((entry) => withRate(withoutChanges(entry), rates[entry.optimizer.name ?? ""]));
  const start = fitDefaultsOf(state.catalog, problem)?.start ?? null;
  const next: State = {
    ...state,
    problem,
    entries,
    start,
    unusedStart: [],
    window: null,
    edit: { kind: "fit" },
    moving: false,
  };
  return withAutoChangeNotice(state, next);
}

/** The points of a line fit as moved, added or removed by hand. While one is held the map stays where it is. */
export function setPoints(state: State, points: [number, number][], moving: boolean): State {
  const { dataset: _, ...rest } = state.problem;
  return { ...state, problem: { ...rest, points }, moving, edit: { kind: "points" } };
}

export function showTable(state: State, table: boolean): State {
  return { ...state, table };
}

/** @returns what x and y of a line fit are called */
export function axisNames({ catalog, problem, columns }: State): string[] {
  const dataset = datasetOf(catalog, problem.dataset);
  const [x = "x", y = "y"] = dataset ? [dataset.x_label, dataset.y_label] : (columns ?? []);
  return [x, y];
}
