/** Whether a run has got where it was to go: said from the minima that are known, never guessed from its having stopped. */
import { chosen, grouped } from "../math/format.ts";
import { pointAt } from "../state/columns.ts";
import type { Minimum, Problem, Run } from "../state/types.ts";

/** At a minimum: no parameter further from it than this share of its domain. */
export const NEAR = 0.01;

export interface Arrival {
  /** at a minimum that is known */
  there: boolean;
  /** the nearest */
  minimum: Minimum;
  /** which is not the lowest */
  lesser: boolean;
  /** how far the loss is above the least, as a share of it; null where the least is not above 0 */
  excess: number | null;
}

const leastOf = (minima: Minimum[]): number => Math.min(...minima.map(({ loss }) => loss));

/** @returns the largest share of a domain that they are apart */
function apart(point: number[], { at }: Minimum, domain: Problem["domain"]): number {
  return Math.max(...point.map((value, k) => Math.abs(value - at[k]) / (domain[k][1] - domain[k][0])));
}

/**
 * @param run  with that row
 * @returns null where no minimum is known
 */
export function arrivalAt({ columns }: Run, row: number, { minima, domain }: Problem): Arrival | null {
  if (!minima.length || row < 0) return null;
  const point = pointAt(columns, row);
  const far = minima.map((minimum) => apart(point, minimum, domain));
  const minimum = minima[far.indexOf(Math.min(...far))];
  const least = leastOf(minima);
  return { there: Math.min(...far) <= NEAR, minimum, lesser: minimum.loss > least, excess: least > 0 ? columns.loss[row] / least - 1 : null };
}

/** Past so many times the least loss a percentage says nothing. */
const MOST = 100;

/** @returns "97 % above the least loss"; nothing where that says nothing */
export function excessOf(arrival: Arrival | null): string {
  if (!arrival || arrival.excess === null || !(arrival.excess < MOST) || arrival.excess < 0.0005) return "";
  const percent = 100 * arrival.excess;
  return `${percent >= 10 ? grouped(Math.round(percent)) : chosen(percent, 2)} % above the least loss`;
}

/** @returns "at the minimum" */
export function placeAt({ lesser, minimum }: Arrival, minima: Minimum[]): string {
  if (lesser) return "at a local minimum";
  return minima.filter(({ loss }) => loss <= minimum.loss).length > 1 ? "at a minimum" : "at the minimum";
}
