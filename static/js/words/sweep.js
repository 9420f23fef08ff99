/** What a sweep tells: where a value would end, and from which on runs diverge. It knows the values it tried, and no more. */
import { chosen, measured } from "../math/format.js";

/** @typedef {import("../state/types.js").Sweep} Sweep */

/** @param {number} value */
const tried = (value) => chosen(value, 2);

/** @param {Sweep} sweep @param {number} place  on the rule, 0 to 1 @param {(value: number) => number} placeOf @returns {number} the index of what was tried nearest to it */
export function nearestTried({ values }, place, placeOf) {
  const far = values.map((value) => Math.abs(placeOf(value) - place));
  return far.indexOf(Math.min(...far));
}

/** @param {Sweep} sweep @param {number} index @returns {string} "0.0056 ends at 3.10×10⁻⁵" */
export function endAt({ values, loss }, index) {
  const end = loss[index];
  return `${tried(values[index])} ${end === null ? "diverges" : `ends at ${measured(end)}`}`;
}

/** @param {Sweep} sweep @returns {string} from where on it diverges, between which two values that were tried */
export function edgeOf({ values, loss }) {
  const diverging = loss.filter((end) => end === null).length;
  if (diverging === 0) return `none up to ${tried(values[values.length - 1])} diverges`;
  if (diverging === loss.length) return "all diverge";
  const holds = loss.findLastIndex((end) => end !== null);
  if (holds === loss.length - 1) return "some in between diverge";
  return `diverges from ${tried(values[holds + 1])}, not yet at ${tried(values[holds])}`;
}

/** @param {Sweep} sweep @returns {number} values tried in each decade */
function perDecade({ values }) {
  return Math.round((values.length - 1) / Math.log10(values[values.length - 1] / values[0]));
}

/** @param {Sweep} sweep @param {number} index  of the value that stands on the rule @returns {string} in sentences, to be read out */
export function described(sweep, index) {
  return `Of the values tried, ${perDecade(sweep)} in each decade, ${endAt(sweep, index)}; ${edgeOf(sweep)}.`;
}
