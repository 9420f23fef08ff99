/** Names of a rule as a textbook prints them. */

const LETTERS = /** @type {Record<string, string>} */ ({ beta: "β", eps: "ε", rho: "ρ", lambda: "λ", delta: "δ", mu: "μ" });
const BELOW = "₀₁₂₃₄₅₆₇₈₉";
const HAT = "\u0302";

/**
 * @param {string} name  "beta1"
 * @returns {string} "β₁"; words where there is no letter for it
 */
export function symbol(name) {
  const [, stem, digits] = /** @type {RegExpMatchArray} */ (name.match(/^(.*?)(\d*)$/));
  const letter = LETTERS[stem];
  if (!letter) return name.replace(/_/g, " ");
  return letter + lowered(digits);
}

/** @param {number | string} count @returns {string} "₁₃" */
export const lowered = (count) => [...String(count)].map((digit) => BELOW[Number(digit)]).join("");

/** @typedef {{stem: string, below: string}} Letter */

/**
 * A name for where no formula can be set, as on a canvas.
 * @param {string} name  "m_hat", "v_max", "beta1"
 * @returns {Letter} "m̂"; "v" with "max" below; "β₁"
 */
export function letterOf(name) {
  const [stem, ...rest] = name.split("_");
  const hat = rest[0] === "hat";
  return { stem: symbol(stem) + (hat ? HAT : ""), below: rest.slice(hat ? 1 : 0).join(" ") };
}
