/** Names the step that is explained, in words. */
import { formatExact } from "../math/format.ts";
import { nextStep } from "../state/nextStep.ts";
import type { Run } from "../state/types.ts";

/**
 * @returns such as "step 14, from 13 to 14" where the playhead stands at 13, the same in every explanation of a step
 */
export const stepWords = (t: number, last: boolean): string =>
  `${last ? "last step" : "step"} ${formatExact(t)}, from ${formatExact(t - 1)} to ${formatExact(t)}`;

export function nextStepWords(run: Run, step: number): string {
  const next = nextStep(run, step);
  return next ? stepWords(next.t, next.last) : noStepWords(run);
}

/** @returns why there is no step to show */
export function noStepWords(run: Run): string {
  if (run.length === 0) return "The first steps are on their way.";
  return run.end ? "This run takes no step: it starts where it was to end." : "The next step is on its way.";
}

/** @returns the note in place of values that would have to be computed */
export const recordedNote = (name: string): string =>
  `${name} was recorded, not run: nothing is computed anew of it. Its rows stand in Steps.`;
