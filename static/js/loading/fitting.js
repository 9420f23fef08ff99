/** How much of a run is asked for while a control is held, so that thirty students can share one network. */

/** @typedef {import("../state/types.js").Spec} Spec */
/** @typedef {import("../state/types.js").End} End */
/** @typedef {import("../net/api.js").WireEnd} WireEnd */

/** Numbers in one reply: 60 kB on the wire hold somewhat more, compressed. */
const MOST_NUMBERS = 5400;

/**
 * @param {Spec} spec
 * @param {number} parameters  how many the problem has
 * @returns {Spec} with as many steps as the budget allows
 */
export function fitted(spec, parameters) {
  const rows = Math.floor(MOST_NUMBERS / (Math.max(1, spec.optimizers.length) * (parameters + 1)));
  const max_steps = Math.min(spec.stop.max_steps, rows);
  return { ...spec, stop: { ...spec.stop, max_steps } };
}

/** @param {WireEnd} wire @param {Spec} whole  as it was before fitting @returns {boolean} whether there is more to come */
export function isCut(wire, whole) {
  return wire.stop_reason === "max_steps" && wire.n_steps < whole.stop.max_steps;
}

/** @param {WireEnd} wire @returns {End} */
export function endOf({ stop_reason, n_steps, diverged_at = null, sentence, end_point }) {
  return { stop_reason, n_steps, diverged_at, ...(sentence === undefined ? {} : { sentence }), ...(end_point && { end_point }) };
}
