/** Values as JSON has them, compared by what is in them. */

const fieldsOf = (value: object) => Object.entries(value).filter(([, field]) => field !== undefined);

/** @returns whether they are equal; the order of fields does not count, and a field without a value is none */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  const [fields, others] = [fieldsOf(a), new Map(fieldsOf(b))];
  return fields.length === others.size && fields.every(([name, value]) => sameValue(value, others.get(name)));
}
