/** Actions on a line fit and its data, and the names of its axes; loaded together with its controls. */
import { datasetOf, fitDefaultsOf, suggestedRates } from "./catalog.ts";
import { withoutChanges, withRate } from "./entries.ts";
import { withRemark } from "./remark.ts";
import type { ProblemSpec, State } from "./types.ts";

/** Changes the loss or the units of a line fit, with the start and the rates suggested for them. */
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
    dragging: false,
  };
  return withRemark(state, next);
}

/** Sets the points of a line fit, as moved, added or removed by hand. While one is dragged the map stays in place. */
export function setPoints(state: State, points: [number, number][], dragging: boolean): State {
  const { dataset: _, ...rest } = state.problem;
  return { ...state, problem: { ...rest, points }, dragging, edit: { kind: "points" } };
}

export function showTable(state: State, table: boolean): State {
  return { ...state, table };
}

/** @returns the names of x and y of a line fit */
export function axisNames({ catalog, problem, columns }: State): string[] {
  const dataset = datasetOf(catalog, problem.dataset);
  const [x = "x", y = "y"] = dataset ? [dataset.x_label, dataset.y_label] : (columns ?? []);
  return [x, y];
}
