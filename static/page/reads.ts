/** What has been read of an object, so that what was made of it is made again only where that is another. */

type Read = Map<PropertyKey, unknown>;

function differs(read: Read, now: object): boolean {
  for (const [name, value] of read) if (!Object.is(Reflect.get(now, name), value)) return true;
  return false;
}

/** @param instead  handed out for a field without being noted */
const noting = <T extends object>(from: T, read: Read, instead: Partial<T> = {}): T =>
  new Proxy(from, {
    get(_, name) {
      if (Object.hasOwn(instead, name)) return Reflect.get(instead, name);
      const value = Reflect.get(from, name);
      read.set(name, value);
      return value;
    },
  });

/**
 * Which fields of an object have been read.
 * @param opened  fields whose own fields are noted in their stead
 */
export function createReads<T extends object>(...opened: (keyof T)[]) {
  let own: Read = new Map();
  let within: Map<keyof T, Read> = new Map();
  return {
    /** @returns the same, noting what is read of it until the next one is made; reads of an earlier one do not count */
    of(given: T): T {
      own = new Map();
      within = new Map(opened.map((name) => [name, new Map()]));
      const instead: Partial<T> = {};
      for (const [name, read] of within) instead[name] = noting(given[name] as object, read) as T[keyof T];
      return noting(given, own, instead);
    },
    /** @returns whether any of them is another */
    changed: (now: T): boolean =>
      differs(own, now) || [...within].some(([name, read]) => differs(read, now[name] as object)),
  };
}

/**
 * @param make  reads nothing but what it is given
 * @param opened  fields of that whose own fields count
 * @returns the same function, which returns what it did last until something that it read is another
 */
export function memo<T extends object, R>(make: (given: T) => R, ...opened: (keyof T)[]): (given: T) => R {
  const reads = createReads<T>(...opened);
  let made: { result: R } | null = null;
  return (given) => {
    if (!made || reads.changed(given)) made = { result: make(reads.of(given)) };
    return made.result;
  };
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);

/**
 * @returns `now`, with each object in it that equals its counterpart in `before` replaced by that one, so that a
 * comparison sees no change
 */
export function shared<T>(before: unknown, now: T): T {
  if (Object.is(before, now) || !isPlain(now) || !isPlain(before)) return now;
  const merged = Object.entries(now).map(([name, value]) => [name, shared(before[name], value)] as const);
  if (merged.length === Object.keys(before).length && merged.every(([name, value]) => Object.is(before[name], value)))
    return before as T;
  return (Array.isArray(now) ? merged.map(([, value]) => value) : Object.fromEntries(merged)) as T;
}

/** @returns whether anything is other than it was the last time */
export function createChanged(): (...now: unknown[]) => boolean {
  let last: unknown[] = [];
  return (...now) => {
    const changed = now.length !== last.length || now.some((value, k) => !Object.is(value, last[k]));
    last = now;
    return changed;
  };
}
