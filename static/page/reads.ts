/** Functions that are called again only once a field that they read of their argument has changed. */

type Read = Map<PropertyKey, unknown>;

function differs(read: Read, current: object): boolean {
  for (const [name, value] of read) if (!Object.is(Reflect.get(current, name), value)) return true;
  return false;
}

/**
 * Lends an object and records what is read of it. Once it is taken back nothing can be read of it any more, so that
 * nobody keeps it.
 * @param instead  values of fields whose reads are not recorded
 */
function lend<T extends object>(object: T, instead: Partial<T> = {}) {
  const read: Read = new Map();
  const { proxy, revoke } = Proxy.revocable(object, {
    get(_, name) {
      if (Object.hasOwn(instead, name)) return Reflect.get(instead, name);
      const value = Reflect.get(object, name);
      read.set(name, value);
      return value;
    },
  });
  return { lent: proxy, takeBack: revoke, changed: (current: T) => differs(read, current) };
}

/** Calls a function. @returns also whether a field that it read has another value in an argument */
function callRecorded<T extends object, R>(make: (argument: T) => R, argument: T, opened: (keyof T)[]) {
  const inner = opened.map((name) => [name, lend(argument[name] as object)] as const);
  const whole = lend(argument, Object.fromEntries(inner.map(([name, { lent }]) => [name, lent])) as Partial<T>);
  try {
    const result = make(whole.lent);
    const changed = (current: T) =>
      whole.changed(current) || inner.some(([name, part]) => part.changed(current[name] as object));
    return { result, changed };
  } finally {
    for (const { takeBack } of [whole, ...inner.map(([, part]) => part)]) takeBack();
  }
}

/**
 * @param make  a function that reads only its argument. It is lent that, and what it opens of it: it returns, and
 * keeps, values of these, never these themselves
 * @param opened  fields of the argument of which the inner fields count
 * @returns `make`, called again only once a field that it read has another value; until then its last result
 */
export function memo<T extends object, R>(make: (argument: T) => R, ...opened: (keyof T)[]): (argument: T) => R {
  let last: { result: R; changed: (current: T) => boolean } | null = null;
  return (argument) => {
    if (!last || last.changed(argument)) last = callRecorded(make, argument, opened);
    return last.result;
  };
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);

/** @returns `after`, in which each object that equals the one at the same place in `before` is that very object */
export function shared<T>(before: unknown, after: T): T {
  if (Object.is(before, after) || !isPlain(after) || !isPlain(before)) return after;
  const merged = Object.entries(after).map(([name, value]) => [name, shared(before[name], value)] as const);
  if (merged.length === Object.keys(before).length && merged.every(([name, value]) => Object.is(before[name], value)))
    return before as T;
  return (Array.isArray(after) ? merged.map(([, value]) => value) : Object.fromEntries(merged)) as T;
}

/** @returns a function that tells whether any of its arguments differs from those of the last call */
export function createChanged(): (...values: unknown[]) => boolean {
  let last: unknown[] = [];
  return (...values) => {
    const changed = values.length !== last.length || values.some((value, k) => !Object.is(value, last[k]));
    last = values;
    return changed;
  };
}
