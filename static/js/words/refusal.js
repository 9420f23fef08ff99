/** What the server has against a request, as it is said beside the very field: without its name, and without all that is allowed. */

/** @typedef {import("../state/types.js").Refusal} Refusal */

/** @param {Refusal} refusal @returns {string} */
export function inShort({ msg }) {
  const said = msg.replace(/^\S+ is not a formula: /, "").replace(/ Allowed are .*$/s, "").replace(/^optimizers\[\d+\]\.?/, "");
  return said.charAt(0).toUpperCase() + said.slice(1);
}
