/** How much of a distance steps leave on a quadratic, in words. */

import { formatExact, formatMeasured } from "../math/format.ts";
import { listed } from "../math/text.ts";

/** n: the number of steps; worst: the most that the run leaves in the range of curvatures */
interface Leaves {
  name: string;
  n: number;
  worst: number;
}

/** @param curvatures  of the directions, from the least curved */
export function polynomialSentence(runs: Leaves[], curvatures: number[]): string {
  const counts = new Set(runs.map(({ n }) => n));
  const [n] = counts;
  const [low, high] = [curvatures[0], curvatures.at(-1) as number];
  const steps = counts.size > 1 ? "The steps of each run" : n === 1 ? "One step" : `${n} steps`;
  const leave = `${steps} multipl${n === 1 && counts.size === 1 ? "ies" : "y"} the distance along each direction by a `;
  const where =
    high > low ? `at worst, over curvatures from ${formatExact(low, 4)} to ${formatExact(high, 4)}, ` : "here ";
  const kept = [...runs]
    .sort((one, other) => one.worst - other.worst)
    .map(({ name, worst }) => `${name} leaves ${formatMeasured(worst)}`);
  return `${leave}polynomial of its curvature, 1 at curvature 0: ${where}${listed(kept)}.`;
}
