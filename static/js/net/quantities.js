/** What a rule holds and computes over a whole run, as the API tells it. */
import { askJson } from "./http.js";

/** @typedef {import("../state/types.js").Spec} Spec */
/** @typedef {Record<string, (number | null)[]>} PerParameter  null: not a finite number */

/**
 * @typedef {object} WireQuantities
 * @property {Record<string, PerParameter>} states  row 0 is before the first step
 * @property {Record<string, PerParameter>} values  entry k is that of step k + 1
 * @property {{of: string, latex: string | null, values: PerParameter} | null} rate  null: a step is no rate times a direction
 * @property {Record<string, string>} latex  of each name
 */

/**
 * @param {Spec} spec  with one optimizer
 * @returns {Promise<WireQuantities>}
 */
export function getQuantities(spec) {
  return askJson({ path: "/trajectories/quantities", body: spec });
}
