import { datasetOf } from "./catalog.ts";
import type { State } from "./types.ts";

/** @returns what x and y of a line fit are called */
export function axisNames({ catalog, problem, columns }: State): string[] {
  const dataset = datasetOf(catalog, problem.dataset);
  const [x = "x", y = "y"] = dataset ? [dataset.x_label, dataset.y_label] : (columns ?? []);
  return [x, y];
}
