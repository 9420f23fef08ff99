/** Says whether two paths coincide, from the distances between them. */
import { formatGrouped, formatMeasured } from "../math/format.ts";
import type { End, Run } from "../state/types.ts";

/** Paths that are nowhere further apart than this share of their size coincide: rounding grows over the steps. */
const ROUNDING = 1e-6;

const coincide = ({ most, size }: { steps: number; most: number; size: number }): boolean => most <= ROUNDING * size;

export function coincidenceWords(distances: { steps: number; most: number; size: number }): string {
  const over = `over ${formatGrouped(distances.steps)} steps`;
  if (!coincide(distances)) return `The paths part: ${over} they come to be ${formatMeasured(distances.most)} apart.`;
  return distances.most === 0
    ? `The paths coincide: ${over} they are the same to the last digit.`
    : `The paths coincide: ${over} they are nowhere further apart than ${formatMeasured(distances.most, 2)}.`;
}

/**
 * Says that two paths that coincide stop after different numbers of steps: the stop rule compares the rate times the
 * gradient as well as the length of the step.
 * @returns empty where both stop at the same step
 */
export function endsWords(run: Run, other: Run): string {
  const ends = [run.end, other.end].map((end) => end as End);
  if (ends[0].n_steps === ends[1].n_steps) return "";
  const why = ends.some(({ stop_reason: reason }) => reason === "min_step_size")
    ? ": the stop rule also looks at rate × gradient, and the rates differ"
    : "";
  return `They stop after ${formatGrouped(ends[0].n_steps)} and ${formatGrouped(ends[1].n_steps)} steps${why}.`;
}
