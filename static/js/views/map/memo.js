/**
 * Computes again only when an argument is another one than last time.
 * @template {unknown[]} A
 * @template R
 * @param {(...args: A) => R} compute
 * @returns {(...args: A) => R}
 */
export function remembering(compute) {
  /** @type {{args: A, result: R} | null} */
  let last = null;
  return (...args) => {
    if (!last || args.some((arg, k) => arg !== last?.args[k])) last = { args, result: compute(...args) };
    return last.result;
  };
}
