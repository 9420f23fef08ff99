/** The measures of runs that a question is about, in words. */

import { formatExact, formatMeasured } from "../math/format.ts";
import { counted } from "../math/text.ts";
import type { GuessOf } from "../state/types.ts";

/** @returns such as "1 step", "106 steps" */
export const stepsOf = (count: number) => counted(count, "step", formatExact);

/** @returns such as "106 steps", "loss 0.0713" */
export function valueWords({ unit, values }: GuessOf<"run">, run: number): string {
  const value = values[run];
  if (value === null) return "never";
  return unit === "steps" ? stepsOf(value) : `loss ${formatMeasured(value)}`;
}
