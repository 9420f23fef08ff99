/** Computes from the runs the steps and values that evidence names, and how far down a loss chart has to reach. */
import { formatExact, formatGrouped, formatMeasured } from "../math/format.ts";
import type { Evidence, EvidenceOf, Run } from "./types.ts";

/** @returns the first step at which the loss is at most `goal`, or with `stays` from which on it is; null: never */
export function stepReaching({ columns, length }: Run, goal: number, stays: boolean): number | null {
  const losses = columns.loss.subarray(0, length);
  const row = stays ? losses.findLastIndex((loss) => !(loss <= goal)) + 1 : losses.findIndex((loss) => loss <= goal);
  return row < 0 || row === length ? null : row;
}

/** @returns the values of one parameter at each received row */
const valuesOf = ({ columns, length }: Run, parameter: number): Float64Array =>
  columns.parameters[parameter]?.subarray(0, length) ?? new Float64Array(0);

/** @returns the first step at which the absolute value of a parameter exceeds a distance; null: it never does */
export function firstStepBeyond(run: Run, parameter: number, distance: number): number | null {
  const row = valuesOf(run, parameter).findIndex((value) => Math.abs(value) > distance);
  return row < 0 ? null : row;
}

/** What runs are on their way to. */
export type Aim = EvidenceOf<"goal"> | EvidenceOf<"away">;

/** @returns the step at which a run has come there; null: not yet, or never */
export function arrivalStep(aim: Aim, run: Run): number | null {
  if (aim.kind === "away") return firstStepBeyond(run, aim.parameter, aim.distance);
  if (aim.loss !== null) return stepReaching(run, aim.loss, aim.stays);
  return run.end && run.end.stop_reason !== "max_steps" ? run.length - 1 : null;
}

/** @returns the rows, within the first steps, after which a parameter changes its sign */
export function crossingsOf(run: Run, parameter: number, steps: number): number[] {
  const values = valuesOf(run, parameter).subarray(0, steps + 1);
  return Array.from(values.keys()).filter((row) => row + 1 < values.length && values[row] * values[row + 1] < 0);
}

/** From this percentage on a share is written with two significant digits instead of grouped ones. */
const MOST_ROUNDED_SHARE = 1e6;

/**
 * @param least  the least possible loss; null: unknown
 * @returns the last loss of a run as text, or the percentage by which it exceeds the least; empty while the run goes
 *   on, and if it diverged
 */
export function endLossText({ columns: { loss }, length, end }: Run, least: number | null): string {
  if (!end || end.stop_reason === "diverged") return "";
  const last = loss[length - 1];
  // Large as beside it in the standings.
  if (least === null) return Math.abs(last) < 100 ? formatExact(last, 2) : formatMeasured(last);
  const share = 100 * (last / least - 1);
  return `${share >= 10 && share < MOST_ROUNDED_SHARE ? formatGrouped(Math.round(share)) : formatExact(share, 2)} %`;
}

/** The axis of a loss chart reaches down to a goal divided by this, or to a level of noise divided by that. */
const BELOW: { [K in Evidence["kind"]]?: number } = { goal: 100, level: 10 };

/** @param base  what the axis counts from @returns the least loss above `base` that a chart needs to show; 0: any */
export function lowestLossOfInterest(evidence: Evidence[], base: number): number {
  const losses = evidence.flatMap((item) => {
    const below = BELOW[item.kind];
    return below && "loss" in item && item.loss !== null ? [(item.loss - base) / below] : [];
  });
  return losses.length ? Math.min(...losses) : 0;
}

/** @returns the least loss, if losses are written as percentages above it; null: they are written as they are */
export function leastLossOf(evidence: Evidence[]): number | null {
  for (const item of evidence) if ("least" in item) return item.least;
  return null;
}
