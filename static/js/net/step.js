/** The working of one step, as the API tells it. LaTeX is marked (words/marks.js) and rounded, values are in full. */
import { askJson } from "./http.js";

/** @typedef {import("../state/types.js").Spec} Spec */

/** @typedef {{value: number | null, value_latex?: string, latex: string | null}} Filled  a formula with its numbers; null: not finite, too long to read */
/**
 * What one point of the data adds, by its index from 0: as a product by the chain rule of its residual, and with the data
 * put in (null where the points are many).
 * @typedef {Filled & {point: number, residual: Filled, chain: Filled, formula_latex: string | null}} WireTerm
 */

/**
 * The chain rule in symbols: LaTeX of the loss, of one residual, of the rule, and of what differentiating makes of it;
 * divisor: by what the sum of the terms is divided.
 * @typedef {{loss_latex: string | null, residual_latex: string | null, rule_latex: string, product_latex: string | null,
 *   divisor: number | null}} WireChain
 */

/**
 * @typedef {Filled & {formula: string | null, formula_latex: string | null, clean: number, noise: number | null,
 *   terms: WireTerm[] | null, chain: WireChain | null}} WireSlope  one component of the gradient; clean: without the noise
 */

/** @typedef {{name: string, formula: string, latex: string | null, shared: boolean, values: Record<string, Filled>}} WireLine  shared: the same for every parameter */
/** @typedef {{name: string, formula: string, latex: string | null, filled: Filled}} WireScheduleLine */
/** @typedef {Filled & {schedule: string, label: string, lines: WireScheduleLine[]}} WireRate  how the rate in force came about */

/**
 * @typedef {object} WireStep
 * @property {number} t  from 1
 * @property {WireRate} rate
 * @property {Record<string, Record<string, number | null>>} states  before the step, by state and parameter
 * @property {number[] | null} batch  indices of the points seen; null: all
 * @property {Record<string, WireSlope>} gradient  by parameter
 * @property {WireLine[]} lines
 * @property {string[]} notes
 */

/**
 * @param {Spec} spec  with one optimizer
 * @param {number} t
 * @returns {Promise<WireStep>}
 */
export function getStep(spec, t) {
  return askJson({ path: "/trajectories/step", body: { ...spec, t, marked: true } });
}
