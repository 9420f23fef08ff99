/** The averages of a rule: lines such as `m = beta1*m + (1 - beta1)*g`, and sums that forget, `m = beta*m + g`. */

/**
 * @typedef {object} Average
 * @property {string} name  "m"
 * @property {string} decay  the hyperparameter, "beta1"
 * @property {string} of  what is averaged: "g"
 * @property {boolean} squared
 * @property {boolean} sum  the newest value counts in full
 */

const NAME = "[A-Za-z]\\w*";
const QUANTITY = `(${NAME})(\\*\\*2|\\^2)?`;
const KEPT = `(?:(${NAME})\\*NAME|NAME\\*(${NAME}))`;

/** Every way round in which the line may be written. @param {string} name */
function forms(name) {
  const kept = KEPT.replaceAll("NAME", name);
  const added = `\\(1-(${NAME})\\)\\*${QUANTITY}`;
  return [`^${kept}\\+${added}$`, `^${added}\\+${kept}$`].map((text) => new RegExp(text));
}

/** @param {string} line @returns {Average | null} */
function averageIn(line) {
  const [, name, formula] = line.replace(/\s+/g, "").match(/^(\w+)=(.+)$/) ?? [];
  if (!name) return null;
  const [front, back] = forms(name);
  const there = formula.match(front);
  const turned = formula.match(back);
  if (there && (there[1] ?? there[2]) === there[3]) return { name, decay: there[3], of: there[4], squared: Boolean(there[5]), sum: false };
  if (turned && turned[1] === (turned[4] ?? turned[5])) return { name, decay: turned[1], of: turned[2], squared: Boolean(turned[3]), sum: false };
  const summed = formula.match(new RegExp(`^${KEPT.replaceAll("NAME", name)}\\+${QUANTITY}$`));
  return summed ? { name, decay: summed[1] ?? summed[2], of: summed[3], squared: Boolean(summed[4]), sum: true } : null;
}

/** @param {string} rule @returns {Average[]} */
export function averagesIn(rule) {
  return rule.split("\n").flatMap((line) => averageIn(line) ?? []);
}
