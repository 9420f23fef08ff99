/** Names of hyperparameters as a textbook prints them. */

const LETTERS = /** @type {Record<string, string>} */ ({ beta: "β", eps: "ε", rho: "ρ", lambda: "λ", delta: "δ", mu: "μ" });
const BELOW = "₀₁₂₃₄₅₆₇₈₉";

/**
 * @param {string} name  "beta1"
 * @returns {string} "β₁"; words where there is no letter for it
 */
export function symbol(name) {
  const [, stem, digits] = /** @type {RegExpMatchArray} */ (name.match(/^(.*?)(\d*)$/));
  const letter = LETTERS[stem];
  if (!letter) return name.replace(/_/g, " ");
  return letter + [...digits].map((digit) => BELOW[Number(digit)]).join("");
}
