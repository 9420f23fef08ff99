/**
 * Values that stay the same object, so that what is made of them is not made anew: by `memo` while what they are made
 * from does, by `keepSame` while their fields are the same, by `keepEqual` while they are equal. Whether two values are
 * equal is asked of `sameValue`.
 */

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);

const hasSameFields = (a: object, b: object): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([name, value]) => Object.is(value, Reflect.get(b, name)));

const isSame = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) || (isPlain(a) && isPlain(b) && hasSameFields(a, b));

/** @returns `make`, called again only once an argument, or a field of one, is another; until then its last result */
export function memo<A extends unknown[], R>(make: (...args: A) => R): (...args: A) => R {
  let last: { args: A; result: R } | null = null;
  return (...args) => {
    if (!last?.args.every((value, k) => isSame(value, args[k]))) last = { args, result: make(...args) };
    return last.result;
  };
}

/** @returns a function that returns the value before while the next one has the same fields */
export const keepSame = <T>() => memo((value: T) => value);

/** @returns `after`, in which each object that equals the one at the same place in `before` is that very object */
export function keepEqual<T>(before: unknown, after: T): T {
  if (Object.is(before, after) || !isPlain(after) || !isPlain(before)) return after;
  const merged = Object.entries(after).map(([name, value]) => [name, keepEqual(before[name], value)] as const);
  if (merged.length === Object.keys(before).length && merged.every(([name, value]) => Object.is(before[name], value)))
    return before as T;
  return (Array.isArray(after) ? merged.map(([, value]) => value) : Object.fromEntries(merged)) as T;
}
