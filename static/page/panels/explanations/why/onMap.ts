/**
 * The marks of a cause on the map: directions at the head, the predicted path, the region in which noise keeps a run.
 */
import type { Figure } from "../../../figure/figure.ts";
import { memo } from "../../../memo.ts";
import { prediction, predictionNeed } from "../../../resources/curvature.ts";
import { runningMeans } from "../../../state/columns.ts";
import type { Principal, Run, State, Wire } from "../../../state/types.ts";
import { averageWords, directionNames, fullName, predictedWords } from "../../../words/curvature.ts";
import type { Cause } from "./cause.ts";

/** The directions of the Hessian; those of a scaled Hessian are not drawn. */
function directionsOf({ modes, of }: Wire["CurvatureAtRow"]): Principal["directions"] {
  const names = directionNames(modes);
  const directions = modes.flatMap(({ direction, eigenvalue }, k) =>
    // Directions of equal curvatures have no names.
    direction ? [{ along: direction, curvature: eigenvalue, name: names[0] ? fullName(names[k]) : "" }] : [],
  );
  return of === "loss" && directions.length > 1 ? directions : [];
}

/** fresh: whether the curvature was computed at the row that is shown */
type FreshCause = Pick<Cause, "reply"> & { fresh: boolean };

function principalOf({ reply, fresh, predicted }: FreshCause & { predicted: number[][] | null }): Principal | null {
  const directions = directionsOf(reply);
  const { at, center, covariance } = reply;
  const cloud = center && covariance && center.length > 1 ? { center, covariance } : null;
  const some = directions.length > 0 && (fresh || predicted || cloud);
  return some ? { at, directions: fresh ? directions : [], predicted, cloud } : null;
}

/** The largest distance between a run and its predicted path. */
function pathWords({ columns, length }: Run, principal: Principal | null): string {
  const predicted = principal?.predicted;
  if (!predicted) return "";
  let far = 0;
  for (let row = 0; row < Math.min(length, predicted[0].length); row++)
    far = Math.max(far, Math.hypot(...predicted.map((column, k) => column[row] - columns.parameters[k][row])));
  return predictedWords(far);
}

/** @returns how far from the minimum the average and the run are, in words, if noise keeps the run from it */
export function averageNote(
  first: number | null,
  { columns }: Run,
  { center, t: row }: Wire["CurvatureAtRow"],
): string {
  if (first === null || !center || row < first) return "";
  const distanceFromCenter = (at: (column: Float64Array) => number) =>
    Math.hypot(...columns.parameters.map((column, k) => at(column) - center[k]));
  const mean = (column: Float64Array) => runningMeans(column, first, row + 1)[row];
  return averageWords(
    row,
    distanceFromCenter(mean),
    distanceFromCenter((column) => column[row]),
  );
}

export function createCauseOnMap({ createRequest }: Pick<Figure, "createRequest">) {
  const request = createRequest(prediction);
  const principal = memo(principalOf);
  return {
    words: memo(pathWords),
    /** @returns the marks, the same object as long as they are equal */
    principalOf(state: State, { entry, reply, fresh }: FreshCause & Pick<Cause, "entry">): Principal | null {
      const need = directionsOf(reply).length && reply.modes[0].roots ? predictionNeed(state, entry) : null;
      const [path] = request(state, need ? [need] : []);
      const predicted = path?.value ?? null;
      return principal({ reply, fresh, predicted });
    },
  };
}
