/** The step that is worked out: the one that leads on from the playhead. Arrows, data and numbers all show that one. */
import type { Run } from "./types.ts";

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
