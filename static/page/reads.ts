/**
 * Remembers which fields of an object a function reads, so that the function runs again only once one of them changes.
 */

type Read = Map<PropertyKey, unknown>;

function differs(read: Read, current: object): boolean {
  for (const [name, value] of read) if (!Object.is(Reflect.get(current, name), value)) return true;
  return false;
}

/** @param instead  values of fields whose reads are not recorded */
const noting = <T extends object>(from: T, read: Read, instead: Partial<T> = {}): T =>
  new Proxy(from, {
    get(_, name) {
      if (Object.hasOwn(instead, name)) return Reflect.get(instead, name);
      const value = Reflect.get(from, name);
      read.set(name, value);
      return value;
    },
  });

/** Records which fields of an object are read. @param opened  fields of which the inner fields are recorded instead */
export function createReads<T extends object>(...opened: (keyof T)[]) {
  let fields: Read = new Map();
  let within: Map<keyof T, Read> = new Map();
  return {
    /** @returns the object, which records what is read of it, until `recording` is called again */
    recording(argument: T): T {
      fields = new Map();
      within = new Map(opened.map((name) => [name, new Map()]));
      const instead: Partial<T> = {};
      for (const [name, read] of within) instead[name] = noting(argument[name] as object, read) as T[keyof T];
      return noting(argument, fields, instead);
    },
    /** @returns whether any of them has changed */
    changed: (current: T): boolean =>
      differs(fields, current) || [...within].some(([name, read]) => differs(read, current[name] as object)),
  };
}

/**
 * @param make  a function that reads only its argument
 * @param opened  fields of the argument of which the inner fields count
 * @returns `make`, called again only once a field that it read has another value; until then its last result
 */
export function memo<T extends object, R>(make: (argument: T) => R, ...opened: (keyof T)[]): (argument: T) => R {
  const reads = createReads<T>(...opened);
  let made: { result: R } | null = null;
  return (argument) => {
    if (!made || reads.changed(argument)) made = { result: make(reads.recording(argument)) };
    return made.result;
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
