/** Whether a run has got where it was to go: said from the minima that are known, never guessed from its having stopped. */
import { chosen, grouped } from "../math/format.js";
import { pointAt } from "../state/columns.js";

/** @typedef {import("../state/types.js").Run} Run */
/** @typedef {import("../state/types.js").Minimum} Minimum */
/** @typedef {import("../state/types.js").Problem} Problem */

/** At a minimum: no parameter further from it than this share of its domain. */
export const NEAR = 0.01;

/**
 * @typedef {object} Arrival
 * @property {boolean} there  at a minimum that is known
 * @property {Minimum} minimum  the nearest
 * @property {boolean} lesser  which is not the lowest
 * @property {number | null} excess  how far the loss is above the least, as a share of it; null where the least is not above 0
 */

/** @param {Minimum[]} minima @returns {number} */
const leastOf = (minima) => Math.min(...minima.map(({ loss }) => loss));

/** @param {number[]} point @param {Minimum} minimum @param {Problem["domain"]} domain @returns {number} the largest share of a domain that they are apart */
function apart(point, { at }, domain) {
  return Math.max(...point.map((value, k) => Math.abs(value - at[k]) / (domain[k][1] - domain[k][0])));
}

/**
 * @param {Run} run  with that row
 * @param {number} row
 * @param {Problem} problem
 * @returns {Arrival | null} null where no minimum is known
 */
export function arrivalAt({ columns }, row, { minima, domain }) {
  if (!minima.length || row < 0) return null;
  const point = pointAt(columns, row);
  const far = minima.map((minimum) => apart(point, minimum, domain));
  const minimum = minima[far.indexOf(Math.min(...far))];
  const least = leastOf(minima);
  return { there: Math.min(...far) <= NEAR, minimum, lesser: minimum.loss > least, excess: least > 0 ? columns.loss[row] / least - 1 : null };
}

/** Past so many times the least loss a percentage says nothing. */
const MOST = 100;

/** @param {Arrival | null} arrival @returns {string} "97 % above the least loss"; nothing where that says nothing */
export function excessOf(arrival) {
  if (!arrival || arrival.excess === null || !(arrival.excess < MOST) || arrival.excess < 0.0005) return "";
  const percent = 100 * arrival.excess;
  return `${percent >= 10 ? grouped(Math.round(percent)) : chosen(percent, 2)} % above the least loss`;
}

/** @param {Arrival} arrival @param {Minimum[]} minima @returns {string} "at the minimum" */
export function placeAt({ lesser, minimum }, minima) {
  if (lesser) return "at a local minimum";
  return minima.filter(({ loss }) => loss <= minimum.loss).length > 1 ? "at a minimum" : "at the minimum";
}
