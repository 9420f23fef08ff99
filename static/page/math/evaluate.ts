/**
 * The value of a plain formula of the catalog, such as "learning_rate*(1 - beta)": numbers, names, + - * / **, brackets
 * and sqrt. It turns the value of one slider into that of another; rules and surfaces are computed only by the server.
 */

const TOKEN = /\s*(\d+(?:\.\d*)?(?:e[+-]?\d+)?|[A-Za-z_]\w*|\*\*|[-+*/()])/gy;

function tokensOf(text: string): string[] {
  const tokens = [...text.trimEnd().matchAll(TOKEN)].map(([, token]) => token);
  if (tokens.join("") !== text.replace(/\s+/g, "")) throw new SyntaxError(`"${text}" is not a plain formula`);
  return tokens;
}

/**
 * @param values  of its names
 * @throws {SyntaxError} it is not a plain formula, or names what has no value
 */
export function evaluate(text: string, values: Record<string, number>): number {
  const tokens = tokensOf(text);
  let at = 0;
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };

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

  function sign(): number {
    return take("-") ? -sign() : power();
  }

  function power(): number {
    const base = atom();
    return take("**") ? base ** sign() : base;
  }

  function atom(): number {
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
