/** What each point adds to the gradient of the step that is worked out, for the chart of the data. */
import { shownValue } from "../words/workingLatex.js";

/** @typedef {import("../net/step.js").WireStep} WireStep */
/** @typedef {import("../net/step.js").WireSlope} WireSlope */
/** @typedef {import("../views/data/drawing.js").Shares} Shares */

/** @typedef {"residual" | "chain"} What */

/** @param {WireSlope} slope @param {What} what @returns {Map<number, number>} by point */
const valuesOf = ({ terms }, what) => new Map((terms ?? []).map((term) => [term.point, term[what].value ?? NaN]));

/** @param {WireStep} step @param {string} parameter  the one in sight @param {number} run @returns {Shares | null} none where there are no data */
export function sharesOf({ gradient }, parameter, run) {
  const slope = gradient[parameter];
  if (!slope.terms || !slope.chain) return null;
  const how = slope.chain.divisor === null ? (slope.terms.length > 1 ? "sum " : "") : "mean ";
  const all = Object.entries(gradient).map(([name, each]) => ({ parameter: name, value: valuesOf(each, "chain") }));
  return { run, parameter, values: valuesOf(slope, "chain"), residuals: valuesOf(slope, "residual"), total: how + shownValue(slope.clean), all };
}
