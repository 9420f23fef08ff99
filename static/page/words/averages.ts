/**
 * Finds the exponential averages in a rule: lines such as `m = beta1*m + (1 - beta1)*g` or, equally, `m = m + (1 -
 * beta1)*(g - m)`, the same with numbers for names, and sums such as `m = beta*m + g`.
 */

export interface Average {
  /** such as "m" */
  name: string;
  /** the hyperparameter, such as "beta1", or a number */
  decay: string;
  /** the quantity that is averaged, such as "g" */
  input: string;
  squared: boolean;
  /** whether it is a sum: the newest value counts in full */
  sum: boolean;
}

const NAME = "[A-Za-z]\\w*";
const FACTOR = `(${NAME}|\\d*\\.?\\d+)`;
const QUANTITY = `(${NAME})(\\*\\*2|\\^2)?`;
const ADDED = `(?:(?:\\(1-${FACTOR}\\)|(\\d*\\.?\\d+))\\*)?${QUANTITY}`;
/** Two shares add up to one within this difference. */
const CLOSE = 1e-9;

/** The patterns that a line may have; the named groups are the decay, then the share that is added. */
function averagePatterns(name: string): RegExp[] {
  const patterns = [`${FACTOR}\\*${name}`, `${name}\\*${FACTOR}`];
  return [
    ...patterns.map((text) => new RegExp(`^${text}\\+${ADDED}$`)),
    new RegExp(`^${name}\\+\\(1-${FACTOR}\\)\\*\\(${QUANTITY}-${name}\\)$`),
  ];
}

/** The line with its two summands swapped, if it has two. */
function withSwappedSummands(formula: string) {
  const at = formula.search(/(?<=^[^()]*(?:\([^()]*\)[^()]*)*)\+(?=[^()]*(?:\([^()]*\)[^()]*)*$)/);
  return at < 0 ? formula : `${formula.slice(at + 1)}+${formula.slice(0, at)}`;
}

/** @param rest  the decay in "1 - beta" @param share  the share as a number */
function isAverage(decay: string, rest: string | undefined, share: string | undefined) {
  return rest === undefined ? Math.abs(Number(decay) + Number(share) - 1) < CLOSE : rest === decay;
}

function averageOf(name: string, formula: string): Average | null {
  const [front, back, pulled] = averagePatterns(name);
  const pull = formula.match(pulled);
  if (pull) return { name, decay: pull[1], input: pull[2], squared: Boolean(pull[3]), sum: false };
  const match = formula.match(front) ?? formula.match(back);
  if (!match) return null;
  const [, decay, rest, share, input, squared] = match;
  const sum = rest === undefined && share === undefined;
  return sum || isAverage(decay, rest, share) ? { name, decay, input, squared: Boolean(squared), sum } : null;
}

function averageIn(line: string): Average | null {
  const [, name, formula] =
    line
      .replace(/#.*$/, "")
      .replace(/\s+/g, "")
      .match(/^(\w+)=(.+)$/) ?? [];
  return name ? (averageOf(name, formula) ?? averageOf(name, withSwappedSummands(formula))) : null;
}

export function averagesIn(rule: string): Average[] {
  return rule.split("\n").flatMap((line) => averageIn(line) ?? []);
}
