/** Whether two paths are one, said from what they are. */
import { grouped, measured } from "../math/format.js";

/** Of the size of a path: less than this is rounding that has grown over the steps. */
const ROUNDING = 1e-6;

/** @param {{steps: number, most: number, size: number}} apart @returns {boolean} */
export const coincide = ({ most, size }) => most <= ROUNDING * size;

/** @param {{steps: number, most: number, size: number}} apart @returns {string} */
export function coincidenceWords(apart) {
  const over = `over ${grouped(apart.steps)} steps`;
  if (!coincide(apart)) return `The paths part: ${over} they come to be ${measured(apart.most)} apart.`;
  return apart.most === 0 ? `The paths coincide: ${over} they are the same to the last digit.` : `The paths coincide: ${over} they are nowhere further apart than ${measured(apart.most, 2)}.`;
}
