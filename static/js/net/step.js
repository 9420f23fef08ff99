/** The working of one step, as the API tells it. LaTeX is marked (words/marks.js) and rounded, values are in full. */
import { askJson } from "./http.js";

/** @typedef {import("../state/types.js").Spec} Spec */

/** @typedef {{point: number, latex: string, value: number}} WireTerm  what one point of the data adds */
/** @typedef {{value: number, latex?: string | null, formula?: string | null, mean?: boolean, terms?: WireTerm[]}} WireSlope */
/** @typedef {{latex: string | null, value: number}} WirePut  a line with the numbers of one parameter put in */
/** @typedef {{name: string, formula: string, latex: string | null, values: Record<string, WirePut>}} WireLine */

/**
 * @typedef {object} WireStep
 * @property {number} t  from 1
 * @property {number} lr  the rate in force
 * @property {Record<string, number>} before  by parameter
 * @property {Record<string, WireSlope>} gradient
 * @property {WireLine[]} lines
 * @property {Record<string, number>} after
 */

/**
 * @param {Spec} spec  with one optimizer
 * @param {number} t
 * @returns {Promise<WireStep>}
 */
export function getStep(spec, t) {
  return askJson({ path: "/trajectories/step", body: { ...spec, t } });
}
