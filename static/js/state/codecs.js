/** Values of an address as text, and back. Every `read` undoes its `write`. */

/** @typedef {import("./types.js").OptimizerSpec} OptimizerSpec */
/** @typedef {import("./types.js").ScheduleSpec} ScheduleSpec */
/** @typedef {import("./types.js").Window} Window */

/**
 * @template T
 * @typedef {{read: (text: string) => T, write: (value: T) => string}} Codec
 */

/** @type {Codec<string>} */
export const text = { read: (given) => given, write: (value) => value };

/** @type {Codec<number>} */
export const number = {
  read(given) {
    const value = Number(given);
    if (given.trim() === "" || !Number.isFinite(value)) throw new RangeError(`"${given}" is not a number`);
    return value;
  },
  write: String,
};

/** @type {Codec<number[]>} */
export const numbers = {
  read: (given) => given.split(",").map(number.read),
  write: (values) => values.join(","),
};

/** @type {Codec<boolean>} */
export const flag = { read: (given) => given === "true", write: String };

/** @type {Codec<[number, number][]>} */
export const points = {
  read: (given) => given.split(";").map((pair) => /** @type {[number, number]} */ (numbers.read(pair))),
  write: (values) => values.map(numbers.write).join(";"),
};

/** @type {Codec<Window>} */
export const window = {
  read(given) {
    const ends = numbers.read(given);
    const pairs = Array.from({ length: Math.ceil(ends.length / 2) }, (_, k) => /** @type {[number, number]} */ ([ends[2 * k], ends[2 * k + 1]]));
    if (!pairs.every(([low, high]) => low < high)) throw new RangeError("a window is a low end and a higher one for x, then for y");
    return pairs;
  },
  write: (value) => value.flat().join(","),
};

/** @param {string} given @returns {string | number | boolean | null} */
function readScalar(given) {
  if (given === "null") return null;
  if (given === "true" || given === "false") return given === "true";
  return given.trim() !== "" && Number.isFinite(Number(given)) ? Number(given) : given;
}

/** @param {OptimizerSpec} optimizer @returns {[string, unknown][]} without nesting: schedule, schedule.decay */
function flatten({ name: _, schedule, ...values }) {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  if (!schedule) return entries;
  const { name, ...parameters } = schedule;
  const nested = Object.entries(parameters).map(([key, value]) => /** @type {[string, unknown]} */ ([`schedule.${key}`, value]));
  return [...entries, ["schedule", name], ...nested];
}

/** @param {[string, ReturnType<typeof readScalar>][]} entries @returns {OptimizerSpec} */
function unflatten(entries) {
  /** @type {OptimizerSpec} */
  const optimizer = {};
  /** @type {Record<string, any>} */
  const schedule = {};
  for (const [key, value] of entries) {
    if (key === "schedule") schedule.name = value;
    else if (key.startsWith("schedule.")) schedule[key.slice(9)] = value;
    else optimizer[key] = value;
  }
  return Object.keys(schedule).length ? { ...optimizer, schedule: /** @type {ScheduleSpec} */ (schedule) } : optimizer;
}

/** @param {string} given  "learning_rate=0.05,beta1=0.9" */
function readFields(given) {
  const entries = given.split(",").filter(Boolean).map((pair) => {
    const [key, ...value] = pair.split("=");
    return /** @type {[string, ReturnType<typeof readScalar>]} */ ([key.trim(), readScalar(value.join("="))]);
  });
  return unflatten(entries);
}

/** @param {OptimizerSpec} value @param {string} [name] "name" where it is a field like others */
const writeFields = (value, name) => [...(name ? [["name", name]] : []), ...flatten(value)].map(([key, part]) => `${key}=${part}`);

/** "120:learning_rate=0.01;300:name=adam", what changes on the way @type {Codec<OptimizerSpec[]>} */
const changes = {
  read: (given) => given.split(";").map((text) => {
    const [at, ...rest] = text.split(":");
    return { at: readScalar(at), ...readFields(rest.join(":")) };
  }),
  write: (values) => values.map(({ at, ...value }) => `${at}:${writeFields(value, value.name).join(",")}`).join(";"),
};

/** "adam:learning_rate=0.05,beta1=0.9,changes=120:beta1=0.5" @type {Codec<OptimizerSpec>} */
export const optimizer = {
  read(given) {
    const [name, ...rest] = given.split(":");
    const [fields, later] = `,${rest.join(":")}`.split(/,changes=(.*)/s);
    const optimizer = { name: name.trim(), ...readFields(fields) };
    return later === undefined ? optimizer : { ...optimizer, changes: changes.read(later) };
  },
  write({ changes: later, ...value }) {
    const pairs = [...writeFields(value), ...(later?.length ? [`changes=${changes.write(later)}`] : [])];
    return pairs.length ? `${value.name}:${pairs.join(",")}` : `${value.name}`;
  },
};

/** @param {OptimizerSpec} given @returns {boolean} whether the codec above can say it */
export function isSayable({ changes: later = [], ...given }) {
  if (given.rule !== undefined || !given.name || later.some(({ rule }) => rule !== undefined)) return false;
  return [given, ...later].flatMap(flatten).every(([, value]) => typeof value !== "string" || (!/[,;]/.test(value) && readScalar(value) === value));
}

/** @type {Codec<object>} JSON in base64url */
export const json = {
  read(given) {
    const bytes = Uint8Array.from(atob(given.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  },
  write(value) {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    const text64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    return text64.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  },
};
