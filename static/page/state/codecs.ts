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

const numberOrNull = orNull(number);

/**
 * @param encoded  "adam:learning_rate=0.05,beta1=0.9": the field `first`, whose value stands alone, then others by name
 * @param last  the only field whose value may have commas
 * @param instead  an object that has this field may be without the first
 * @returns the text of each field
 */
function readFields(encoded: string, first: string, last: string, instead: boolean = false): Map<string, string> {
  const [value, ...rest] = encoded.split(":");
  const isBare = value.includes("=");
  const [plain, lastText] = `,${isBare ? encoded : rest.join(":")}`.split(new RegExp(`,${last}=(.*)`, "s"));
  if (isBare ? !instead || lastText === undefined : /^$|\s/.test(value))
    throw new RangeError(`"${value}" is no ${first}`);
  const fields = new Map(isBare ? [] : [[first, value]]);
  const texts = plain.length > 1 ? plain.slice(1).split(",") : [];
  for (const text of lastText === undefined ? texts : [...texts, `${last}=${lastText}`]) {
    const [, key, fieldText] = text.match(/^([\w.]+)=(.*)$/s) ?? [];
    if (!key) throw new RangeError(`"${text}" is not a field with its value`);
    if (fields.has(key)) throw new RangeError(`"${key}" is there twice`);
    fields.set(key, fieldText);
  }
  return fields;
}

/** The fields of a run that are texts; others are numbers. */
const RUN_TEXTS = ["name", "schedule", "label", "form", "sampling"];

/** @returns without nesting: schedule, schedule.decay; none, as a change may set it, is the constant one */
function flatten({ name: _, schedule, ...values }: OptimizerSpec): [string, unknown][] {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  if (schedule === undefined) return entries;
  const { name, ...parameters } = schedule ?? { name: "constant" };
  const nested = Object.entries(parameters).map(([key, value]) => [`schedule.${key}`, value] as [string, unknown]);
  return [...entries, ["schedule", name], ...nested];
}

function unflatten(fields: Map<string, string>): OptimizerSpec {
  const optimizer: OptimizerSpec = {};
  const schedule: Record<string, unknown> = {};
  for (const [key, text] of fields) {
    const value = RUN_TEXTS.includes(key) ? text : numberOrNull.read(text);
    if (key === "schedule") schedule.name = value;
    else if (key.startsWith("schedule.")) schedule[key.slice(9)] = value;
    else optimizer[key] = value;
  }
  return Object.keys(schedule).length ? { ...optimizer, schedule: schedule as ScheduleSpec } : optimizer;
}

/** @param name  "name" where it is a field like others */
const writeFields = (value: OptimizerSpec, name?: string) =>
  [...(name ? [["name", name]] : []), ...flatten(value)].map(([key, part]) => `${key}=${part}`);

/** "120:learning_rate=0.01;300:name=adam", what changes on the way */
const changes: Codec<OptimizerSpec[]> = {
  read: (encoded) => encoded.split(";").map((text) => unflatten(readFields(text, "at", "changes"))),
  write: (values) => values.map(({ at, ...value }) => `${at}:${writeFields(value, value.name).join(",")}`).join(";"),
};

/** "adam:learning_rate=0.05,beta1=0.9,changes=120:beta1=0.5" */
export const optimizer: Codec<OptimizerSpec> = {
  read(encoded) {
    const fields = readFields(encoded, "name", "changes");
    const later = fields.get("changes");
    fields.delete("changes");
    return { ...unflatten(fields), ...(later && later !== "null" && { changes: changes.read(later) }) };
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
    const codecs: Record<string, Pick<Codec<unknown>, "read">> = { ...NETWORK_FIELDS, dataset: text, points };
    const fields = [...readFields(encoded, "dataset", "points", true)].map(([name, fieldText]) => {
      if (!Object.hasOwn(codecs, name))
        throw new RangeError(`a network has ${Object.keys(NETWORK_FIELDS).join(", ")}, but no "${name}"`);
      return [name, codecs[name].read(fieldText)];
    });
    return Object.fromEntries(fields);
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
    .every(([key, value]) =>
      RUN_TEXTS.includes(key)
        ? typeof value === "string" && !/[,;]/.test(value)
        : value === null || typeof value === "number",
    );
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
