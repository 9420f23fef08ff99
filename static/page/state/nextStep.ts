/** Finds the step that is explained: the one after the playhead. Arrows, data and numbers all show that step. */
import type { Run } from "./types.ts";

/** t: number of the step, from 1; last: the playhead is at the end of the run, so this is the step before it */
type NextStep = { t: number; last: boolean };

/**
 * @param step  position of the playhead
 * @returns the step after the playhead, or the last step of the run; null until a step has been received
 */
export function nextStep(run: Run, step: number): NextStep | null {
  const taken = run.length - 1;
  if (taken < 1) return null;
  const from = Math.floor(step);
  return { t: Math.min(from + 1, taken), last: from >= taken && run.end !== null };
}
