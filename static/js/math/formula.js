/**
 * The value of a plain formula of the catalog, such as "learning_rate*(1 - beta)": numbers, names, + - * / **, brackets
 * and sqrt. Rules and surfaces are computed by the server alone; this is for turning one slider's value into another's.
 */

const TOKEN = /\s*(\d+(?:\.\d*)?(?:e[+-]?\d+)?|[A-Za-z_]\w*|\*\*|[-+*/()])/gy;

/** @param {string} text @returns {string[]} */
function tokensOf(text) {
  const found = [...text.trimEnd().matchAll(TOKEN)].map(([, token]) => token);
  if (found.join("") !== text.replace(/\s+/g, "")) throw new SyntaxError(`"${text}" is not a plain formula`);
  return found;
}

/**
 * @param {string} text
 * @param {Record<string, number>} values  of its names
 * @returns {number}
 * @throws {SyntaxError} it is not a plain formula, or names what has no value
 */
export function evaluate(text, values) {
  const tokens = tokensOf(text);
  let at = 0;
  const take = (/** @type {string} */ token) => tokens[at] === token && (at += 1);

  function sum() {
    let value = product();
    for (;;) {
      if (take("+")) value += product();
      else if (take("-")) value -= product();
      else return value;
    }
  }

  function product() {
    let value = sign();
    for (;;) {
      if (take("*")) value *= sign();
      else if (take("/")) value /= sign();
      else return value;
    }
  }

  /** @returns {number} */
  function sign() {
    return take("-") ? -sign() : power();
  }

  /** @returns {number} */
  function power() {
    const base = atom();
    return take("**") ? base ** sign() : base;
  }

  /** @returns {number} */
  function atom() {
    const token = tokens[at++] ?? "";
    if (token === "(" || (token === "sqrt" && take("("))) {
      const inside = sum();
      if (!take(")")) throw new SyntaxError(`"${text}" lacks a bracket`);
      return token === "(" ? inside : Math.sqrt(inside);
    }
    const value = /^\d/.test(token) ? Number(token) : Object.hasOwn(values, token) ? values[token] : undefined;
    if (value === undefined) throw new SyntaxError(`"${token}" in "${text}" has no value`);
    return value;
  }

  const value = sum();
  if (at !== tokens.length) throw new SyntaxError(`"${text}" goes on after its end`);
  return value;
}
