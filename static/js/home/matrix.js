/** Transforms of the plane, as far as charts turn and shift their marks. */
import { short } from "../math/tracing.js";

/** @typedef {readonly [number, number, number, number, number, number]} Matrix  as an SVG writes it: a b c d e f */

/** @type {Matrix} */
export const IDENTITY = [1, 0, 0, 1, 0, 0];

/** @param {number} x @param {number} y @returns {Matrix} */
export const translation = (x, y) => [1, 0, 0, 1, x, y];

/** @param {number} x @param {number} y @returns {Matrix} */
export const scaling = (x, y) => [x, 0, 0, y, 0, 0];

/** @param {number} angle @returns {Matrix} */
export const rotation = (angle) => [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0];

/** The second first, then the first. @param {Matrix} one @param {Matrix} other @returns {Matrix} */
export function product([a, b, c, d, e, f], [g, h, i, j, k, l]) {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** @param {Matrix} one @param {Matrix} other */
export const sameMatrix = (one, other) => one.every((value, k) => value === other[k]);

/** @param {Matrix} matrix @returns {string | null} as an attribute; null: it changes nothing */
export function transformOf(matrix) {
  const [a, b, c, d, e, f] = matrix;
  if (sameMatrix(matrix, IDENTITY)) return null;
  if (a === 1 && b === 0 && c === 0 && d === 1) return `translate(${short(e)} ${short(f)})`;
  return `matrix(${[a, b, c, d].map((part) => part.toFixed(6)).join(" ")} ${short(e)} ${short(f)})`;
}
