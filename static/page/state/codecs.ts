/** Values of an address as text, and back. Every `read` undoes its `write`. */
import type { NetworkSpec, OptimizerSpec, ScheduleSpec, Window } from "./types.ts";

export type Codec<T> = { read: (text: string) => T; write: (value: T) => string };

export const text: Codec<string> = { read: (encoded) => encoded, write: (value) => value };

/** As the API reads it, which knows no 0x10 and no space around it. */
const isNumber = (encoded: string) =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(encoded) && Number.isFinite(Number(encoded));

export const number: Codec<number> = {
  read(encoded) {
    if (!isNumber(encoded)) throw new RangeError(`"${encoded}" is not a number`);
    return Number(encoded);
  },
  write: String,
};

/** Of a field that says nothing by null, which is its default. */
export const orNull = <T>({ read, write }: Codec<T>): Codec<T | null> => ({
  read: (encoded) => (encoded === "null" ? null : read(encoded)),
  write: (value) => (value === null ? "null" : write(value)),
});

const listOf = (codec: Codec<number>): Codec<number[]> => ({
  read: (encoded) => encoded.split(",").map(codec.read),
  write: (values) => values.join(","),
});

export const numbers = listOf(number);

/** An index of something, or a count. */
export const whole: Codec<number> = {
  read(encoded) {
    const value = number.read(encoded);
    if (value < 0 || value % 1) throw new RangeError(`"${encoded}" is not a whole number from 0 on`);
    return value;
  },
  write: String,
};

export const wholes = listOf(whole);

/** Words, also with commas in them. */
export const texts: Codec<string[]> = {
  read: (encoded) => encoded.split(",").map(decodeURIComponent),
  write: (values) => values.map((value) => value.replace(/[%,]/g, encodeURIComponent)).join(","),
};

export const flag: Codec<boolean> = {
  read(encoded) {
    if (!/^(true|false)$/.test(encoded)) throw new RangeError(`"${encoded}" is neither true nor false`);
    return encoded === "true";
  },
  write: String,
};

export const points: Codec<number[][]> = {
  read: (encoded) => encoded.split(";").map(numbers.read),
  write: (values) => values.map(numbers.write).join(";"),
};

export const window: Codec<Window> = {
  read(encoded) {
    const ends = numbers.read(encoded);
    const pairs = Array.from(
      { length: Math.ceil(ends.length / 2) },
      (_, k) => [ends[2 * k], ends[2 * k + 1]] as [number, number],
    );
    if (!pairs.every(([low, high]) => low < high))
      throw new RangeError("a window is a low end and a higher one for x, then for y");
    return pairs;
  },
  write: (value) => value.flat().join(","),
};

function readScalar(encoded: string): string | number | boolean | null {
  if (encoded === "null") return null;
  if (encoded === "true" || encoded === "false") return encoded === "true";
  return isNumber(encoded) ? Number(encoded) : encoded;
}

/** @returns without nesting: schedule, schedule.decay; none, as a change may set it, is the constant one */
function flatten({ name: _, schedule, ...values }: OptimizerSpec): [string, unknown][] {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  if (schedule === undefined) return entries;
  const { name, ...parameters } = schedule ?? { name: "constant" };
  const nested = Object.entries(parameters).map(([key, value]) => [`schedule.${key}`, value] as [string, unknown]);
  return [...entries, ["schedule", name], ...nested];
}

function unflatten(entries: [string, ReturnType<typeof readScalar>][]): OptimizerSpec {
  const optimizer: OptimizerSpec = {};
  const schedule: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    if (key === "schedule") schedule.name = value;
    else if (key.startsWith("schedule.")) schedule[key.slice(9)] = value;
    else optimizer[key] = value;
  }
  return Object.keys(schedule).length ? { ...optimizer, schedule: schedule as ScheduleSpec } : optimizer;
}

/** @param encoded  "learning_rate=0.05,beta1=0.9" */
function readFields(encoded: string) {
  const entries = encoded
    .split(",")
    .filter(Boolean)
    .map((pair) => {
      const [key, ...value] = pair.split("=");
      return [key.trim(), readScalar(value.join("="))] as [string, ReturnType<typeof readScalar>];
    });
  return unflatten(entries);
}

/** @param name  "name" where it is a field like others */
const writeFields = (value: OptimizerSpec, name?: string) =>
  [...(name ? [["name", name]] : []), ...flatten(value)].map(([key, part]) => `${key}=${part}`);

/** "120:learning_rate=0.01;300:name=adam", what changes on the way */
const changes: Codec<OptimizerSpec[]> = {
  read: (encoded) =>
    encoded.split(";").map((text) => {
      const [at, ...rest] = text.split(":");
      return { at: readScalar(at), ...readFields(rest.join(":")) };
    }),
  write: (values) => values.map(({ at, ...value }) => `${at}:${writeFields(value, value.name).join(",")}`).join(";"),
};

/** "adam:learning_rate=0.05,beta1=0.9,changes=120:beta1=0.5" */
export const optimizer: Codec<OptimizerSpec> = {
  read(encoded) {
    const [name, ...rest] = encoded.split(":");
    const [fields, later] = `,${rest.join(":")}`.split(/,changes=(.*)/s);
    const optimizer = { name: name.trim(), ...readFields(fields) };
    return later === undefined ? optimizer : { ...optimizer, changes: changes.read(later) };
  },
  write({ changes: later, ...value }) {
    const pairs = [...writeFields(value), ...(later?.length ? [`changes=${changes.write(later)}`] : [])];
    return pairs.length ? `${value.name}:${pairs.join(",")}` : `${value.name}`;
  },
};

type NetworkFields = Required<Omit<NetworkSpec, "dataset" | "points">>;
const NETWORK_FIELDS: { [name in keyof NetworkFields]: Codec<NetworkFields[name]> } = {
  hidden: {
    read: (encoded) => (encoded === "" ? [] : encoded.split("-").map(number.read)),
    write: (layers) => layers.join("-"),
  },
  kind: text as Codec<NetworkFields["kind"]>,
  activation: text,
  loss: text,
};

/** "xor:hidden=4-3,activation=tanh,loss=mse"; "hidden=" is none; on samples of one's own "hidden=4,points=0,1;1,0" */
export const network: Codec<NetworkSpec> = {
  read(encoded) {
    const [fieldsText, pointsText] = `,${encoded}`.split(/,points=(.*)/s);
    const [dataset, ...rest] = encoded.split(":");
    const fields = (pointsText ? fieldsText : rest.join(":"))
      .split(",")
      .filter(Boolean)
      .map((pair) => {
        const [name, value = ""] = pair.split("=");
        const field = Object.hasOwn(NETWORK_FIELDS, name) && NETWORK_FIELDS[name as keyof typeof NETWORK_FIELDS];
        if (!field) throw new RangeError(`a network has ${Object.keys(NETWORK_FIELDS).join(", ")}, but no "${name}"`);
        return [name, field.read(value)];
      });
    return { ...(pointsText ? { points: points.read(pointsText) } : { dataset }), ...Object.fromEntries(fields) };
  },
  write({ dataset, points: ownPoints, ...settings }) {
    const names = Object.keys(NETWORK_FIELDS) as (keyof typeof NETWORK_FIELDS)[];
    const fields = names
      .filter((name) => settings[name] !== undefined)
      .map((name) => `${name}=${NETWORK_FIELDS[name].write(settings[name] as never)}`);
    const all = [...fields, ...(ownPoints ? [`points=${points.write(ownPoints)}`] : [])].join(",");
    return [dataset, all].filter(Boolean).join(":");
  },
};

/** @returns whether the codec of an optimizer can say it */
export function isEncodable({ changes: later = [], ...settings }: OptimizerSpec): boolean {
  if (settings.rule !== undefined || !settings.name || later.some(({ rule }) => rule !== undefined)) return false;
  return [settings, ...later]
    .flatMap(flatten)
    .every(([, value]) => typeof value !== "string" || (!/[,;]/.test(value) && readScalar(value) === value));
}

/** JSON in base64url */
export const json: Codec<object> = {
  read(encoded) {
    const bytes = Uint8Array.from(atob(encoded.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  },
  write(value) {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    const text64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    return text64.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  },
};
