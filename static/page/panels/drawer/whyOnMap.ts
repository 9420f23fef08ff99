/** What of a cause is drawn on the map: directions at the head, the path they predict, where noise leaves a run. */
import type { Figure } from "../../figure/figure.ts";
import { createChanged } from "../../reads.ts";
import { prediction, predictionWish, type WireCurvature } from "../../resources/curvature.ts";
import { knownOf } from "../../resources/resource.ts";
import { meansFrom } from "../../state/average.ts";
import type { Entry, Principal, Run, State } from "../../state/types.ts";
import { averageWords, directionNames, predictedWords } from "../../words/curvature.ts";

/** On a map there are directions of the Hessian itself, not of one that is scaled. */
function directionsOf({ modes, of }: WireCurvature): Principal["directions"] {
  const names = directionNames(modes);
  const directions = modes.flatMap(({ direction, eigenvalue }, k) =>
    // Of equal curvatures no direction is one more than any other.
    direction ? [{ along: direction, curvature: eigenvalue, name: names[0] ? names[k] : "" }] : [],
  );
  return of === "loss" && directions.length > 1 ? directions : [];
}

/** @returns how far a run ever is from the path that is predicted of it, in parameters */
function farthest({ columns: { parameters }, length }: Run, predicted: number[][]): number {
  let far = 0;
  for (let row = 0; row < Math.min(length, predicted[0].length); row++)
    far = Math.max(far, Math.hypot(...predicted.map((column, k) => column[row] - parameters[k][row])));
  return far;
}

export function createWhyOnMap({ ask }: Pick<Figure, "ask">) {
  const want = ask(prediction);
  const changed = createChanged();
  let [principal, words] = [null as Principal | null, ""];
  let predicted: number[][] | null = null;

  return {
    /** @param fresh  what is told is of the row in sight @returns the same as long as nothing of it is another */
    of(state: State, entry: Entry, run: Run, told: WireCurvature, fresh: boolean): Principal | null {
      const directions = directionsOf(told);
      const wish = directions.length && told.modes[0].roots ? predictionWish(state, entry) : null;
      want(wish ? [wish] : []);
      predicted = (wish && knownOf(state, prediction, wish.key)?.value) ?? null;
      if (!changed(told, fresh, predicted, run.columns, run.length)) return principal;
      const { at, center, covariance } = told;
      const cloud = center && covariance && center.length > 1 ? { center, covariance } : null;
      const some = directions.length > 0 && (fresh || predicted || cloud);
      principal = some ? { at, directions: fresh ? directions : [], predicted, cloud } : null;
      words = predicted ? predictedWords(farthest(run, predicted)) : "";
      return principal;
    },
    /** How far the average is from the minimum, and the run, where noise leaves it around one. */
    averageWords(first: number | null, { columns: { parameters } }: Run, { center, t: row }: WireCurvature): string {
      if (first === null || !center || row < first) return "";
      const away = (at: (column: Float64Array) => number) =>
        Math.hypot(...parameters.map((column, k) => at(column) - center[k]));
      const mean = (column: Float64Array) => meansFrom(column, first, row + 1)[row - first];
      return averageWords(
        row,
        away(mean),
        away((column) => column[row]),
      );
    },
    isQuadratic: () => Boolean(predicted),
    /** The path that the modes of a quadratic predict, a column for each parameter. */
    predicted: () => predicted,
    /** Of the path that is predicted. */
    words: () => words,
  };
}
