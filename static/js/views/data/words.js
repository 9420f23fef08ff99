/** A point of the data in words and figures. */
import { chosen, measured } from "../../math/format.js";
import { leading, lineOf } from "./fits.js";

/** @typedef {import("./drawing.js").Figure} Figure */

/** @param {Figure} figure @param {number} point @returns {string} by how much the line misses it, in raw units and in those that are fitted */
function missed(figure, point) {
  const { picture, shares } = figure;
  const line = lineOf(figure, leading(figure));
  if (!line) return "";
  const [x, y] = picture.points[point];
  const fitted = picture.standardized ? shares?.residuals.get(point) : undefined;
  const also = fitted === undefined ? "" : `, standardised ${measured(fitted, 4)}`;
  return `residual ${measured(y - (line.slope * x + line.intercept), 4)}${also}`;
}

/** @param {Figure} figure @param {number} point @returns {string} in short */
export function pointWords(figure, point) {
  const at = figure.picture.points[point].map((value) => chosen(value, 4)).join(", ");
  return [`point ${point + 1} at ${at}`, missed(figure, point)].filter(Boolean).join(": ");
}

/** @param {Figure} figure @param {number} point @returns {string} which it is, for a reader */
export function pointName({ picture }, point) {
  const [x, y] = picture.points[point];
  return `Point ${point + 1}: ${picture.xLabel} ${chosen(x)}, ${picture.yLabel} ${chosen(y)}`;
}

/** @param {Figure} figure @param {number} point @returns {string} for a reader: all that the chart shows of it */
export function pointTold(figure, point) {
  const { shares } = figure;
  const adds = shares?.all.flatMap(({ parameter, value }) => (value.has(point) ? [`${measured(/** @type {number} */ (value.get(point)), 4)} to the gradient in ${parameter}`] : [])) ?? [];
  const share = shares && (adds.length ? `adds ${adds.join(" and ")}` : "not seen by this step");
  return [pointName(figure, point), missed(figure, point), share].filter(Boolean).join("; ");
}
