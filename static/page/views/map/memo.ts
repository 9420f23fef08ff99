/** Computes again only when an argument is another one than last time. */
export function remembering<A extends unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { args: A; result: R } | null = null;
  return (...args) => {
    if (!last || args.some((arg, k) => arg !== last?.args[k])) last = { args, result: compute(...args) };
    return last.result;
  };
}
