/** Values compared by what is in them: as JSON has them, and columns of numbers. */

const fieldsOf = (value: object) => Object.entries(value).filter(([, field]) => field !== undefined);

/** @returns whether they are equal; the order of fields does not count, and a field without a value is none */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  if (a instanceof Float64Array && b instanceof Float64Array)
    return a.length === b.length && a.every((value, k) => sameValue(value, b[k]));
  const [fields, others] = [fieldsOf(a), new Map(fieldsOf(b))];
  return fields.length === others.size && fields.every(([name, value]) => sameValue(value, others.get(name)));
}
