/** Whether a run ended at a minimum, by the gradient and Hessian at its end. */
import { formatExact, formatGrouped, formatPlace } from "../math/format.ts";
import { NEAR } from "../math/near.ts";
import type { EndPoint, Minimum, Problem, Run } from "../state/types.ts";

/** How near counts as being at a minimum. */
export const WITHIN = `to within ${formatExact(100 * NEAR)} % of the map`;

/** excess: how far the loss is above the least known, as a share of it; null where that least is not above 0 */
type Arrival = EndPoint & { excess: number | null };

/**
 * @param run  a run that has ended
 * @returns null where the kind of the end point is not known
 */
export function arrivalOf({ columns, length, end }: Run, { minima }: Problem): Arrival | null {
  if (!end?.end_point || end.end_point.kind === "undecided") return null;
  const least = Math.min(...minima.map(({ loss }) => loss));
  return { ...end.end_point, excess: least > 0 && least < Infinity ? columns.loss[length - 1] / least - 1 : null };
}

/** A percentage above this many times the least loss is left out. */
const MOST_TIMES = 100;

/** So many minima are listed at most. */
const MOST_LISTED = 4;

/** How near counts as being at a minimum here, and where the known ones are. */
export function minimaWords({ minima, domain, parameters }: Problem): string {
  const widths = parameters.map((name, k) => `${formatExact(NEAR * (domain[k][1] - domain[k][0]), 2)} in ${name}`);
  const rule = `That is ${widths.join(" and ")}.`;
  if (!minima.length) return `${rule} None is known here.`;
  const sorted = [...minima].sort((a, b) => a.loss - b.loss);
  const listedMinima = sorted
    .slice(0, MOST_LISTED)
    .map(({ at, loss }) => `${formatExact(loss, 4)} at ${formatPlace(at, 4)}`);
  const unlisted = sorted.length > MOST_LISTED ? `, and ${sorted.length - MOST_LISTED} more` : "";
  return `${rule} Known: ${listedMinima.join(", ")}${unlisted}.`;
}

/**
 * @param least  the name of the least loss @returns such as "97 % above the least loss"; empty where that says nothing
 */
export function excessWords(arrival: Arrival | null, least = "the least loss"): string {
  if (!arrival || arrival.excess === null || !(arrival.excess < MOST_TIMES) || arrival.excess < 0.0005) return "";
  const percent = 100 * arrival.excess;
  return `${percent >= 10 ? formatGrouped(Math.round(percent)) : formatExact(percent, 2)} % above ${least}`;
}

/** @returns "the minimum" where only one is the lowest */
export function lowestMinimumWords(minima: Minimum[]): string {
  const least = Math.min(...minima.map(({ loss }) => loss));
  return minima.filter(({ loss }) => loss <= least).length === 1 ? "the minimum" : "a minimum";
}

/** @param within  added after a minimum @returns such as "at the minimum"; empty where it is at no stationary point */
export function endPointWords({ kind, lowest }: EndPoint, minima: Minimum[], within = ""): string {
  if (kind === "minimum")
    return [
      `at ${lowest ? lowestMinimumWords(minima) : "a minimum"}${within}`,
      lowest === false ? "; a lower one is known" : "",
    ].join("");
  return { saddle: "at a saddle", maximum: "at a maximum", degenerate: "on level ground", undecided: "", none: "" }[
    kind
  ];
}
