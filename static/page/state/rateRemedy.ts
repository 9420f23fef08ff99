/** Finds a learning rate for a run that is still on its way down at its last step. */

import { fallsEverFaster } from "./columns.ts";
import type { Run, Sweep } from "./types.ts";

/** A run is slow that leaves more than this share of the way down to where the best of the rates tried ends. */
const LEFT = 0.1;
/** A rate is good that leaves no more than this. */
const GOOD = 0.01;
/** A run is on its way if this share of its steps, the last, brings more than that share of what all steps do. */
const [LAST, BRINGS] = [0.1, 0.02];

/** @returns whether its last steps still bring something: else it has come down, be it into another minimum */
function isOnItsWay({ columns: { loss }, length }: Run): boolean {
  const end = loss[length - 1];
  return loss[Math.floor((length - 1) * (1 - LAST))] - end > BRINGS * (loss[0] - end);
}

/**
 * @param value  its present rate
 * @returns the rate tried in the middle of those good ones that follow on the present one; null: the run is not slow
 */
export function quickerRate(sweep: Pick<Sweep, "values" | "loss">, run: Run, value: number): number | null {
  const { columns, length, end } = run;
  if (end?.stop_reason !== "max_steps" || length < 2 || !isOnItsWay(run) || fallsEverFaster(run)) return null;
  const start = columns.loss[0];
  const best = Math.min(...sweep.loss.map((loss) => loss ?? start));
  const leaves = (loss: number | null) => (loss === null ? 1 : (loss - best) / (start - best));
  if (best >= start || leaves(columns.loss[length - 1]) < LEFT) return null;
  const isGood = (k: number) => sweep.values[k] > value && leaves(sweep.loss[k]) <= GOOD;
  const first = sweep.values.findIndex((_, k) => isGood(k));
  if (first < 0) return null;
  let last = first;
  while (last + 1 < sweep.values.length && isGood(last + 1)) last += 1;
  return Number(sweep.values[Math.floor((first + last) / 2)].toPrecision(2));
}
