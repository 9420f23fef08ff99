/** Which step is worked out where the playhead stands: the next one, so that arrows, data and numbers agree. */
import { formatExact } from "../math/format.ts";
import type { Run } from "../state/types.ts";

/** t: its number, from 1; last: the run is over, and this was its last */
type NextStep = { t: number; last: boolean };

/**
 * @param step  the playhead
 * @returns null while the run has no step
 */
export function nextStep(run: Run, step: number): NextStep | null {
  const taken = run.length - 1;
  if (taken < 1) return null;
  const from = Math.floor(step);
  return { t: Math.min(from + 1, taken), last: from >= taken && run.end !== null };
}

/** @returns "step 14, from 13 to 14": the playhead stands at 13. The same for all that tells of one step */
export const stepWords = (t: number, last: boolean): string =>
  `${last ? "last step" : "step"} ${formatExact(t)}, from ${formatExact(t - 1)} to ${formatExact(t)}`;

export function whereWords(run: Run, step: number): string {
  const next = nextStep(run, step);
  return next ? stepWords(next.t, next.last) : noStep(run);
}

/** @returns why there is no step to show */
export function noStep(run: Run): string {
  if (run.length === 0) return "The first steps are on their way.";
  return run.end ? "This run takes no step: it is where it was to go from the start." : "The next step is on its way.";
}
