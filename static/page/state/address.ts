/**
 * Reads and writes the address of a page, by one table of fields.
 *
 * The query says what runs, in the form that the API reads: a page, a call and a stream differ only in their path. The
 * fragment says how it is looked at. Defaults are left out.
 */

import type { Codec } from "./codecs.ts";
import * as codec from "./codecs.ts";
import { EXPLANATION_FIELDS, NOTHING_EXPLAINED } from "./explain.ts";
import { WORKING } from "./explanations.ts";
import { FLAGS, NO_FLAGS } from "./flags.ts";
import type { PageAddress, Spec, StopSpec } from "./types.ts";

const NO_STOP: StopSpec = { max_steps: 1000, min_step_size: null, target_loss: null };

/** @returns the defaults: what an address without query and fragment means */
export function emptyAddress(): PageAddress {
  return {
    spec: { problem: {}, start: null, optimizers: [], stop: { ...NO_STOP }, seed: 0 },
    window: null,
    display: {
      selected: null,
      hidden: [],
      slots: null,
      step: null,
      columns: null,
      count: "steps",
      ...NO_FLAGS,
      explain: { ...NOTHING_EXPLAINED },
    },
  };
}

interface Field {
  key: string;
  part: "query" | "fragment";
  /** @returns one text for each time the key appears in the address */
  write: (address: PageAddress) => string[];
  read: (address: PageAddress, texts: string[]) => void;
}

/**
 * Declares a field that appears at most once. Its default is not written, and null is that of all that read it.
 * @param holder  the object that has the value
 * @param name  of the property of that object, if it differs from the key
 */
function singleField<T>(
  part: "query" | "fragment",
  key: string,
  form: Codec<T>,
  holder: (address: PageAddress) => object,
  name: string = key,
): Field {
  const fields = (address: PageAddress) => holder(address) as Record<string, T | null | undefined>;
  return {
    key,
    part,
    write(address) {
      const value = fields(address)[name];
      const left = fields(emptyAddress())[name];
      return value === undefined || value === null || value === left ? [] : [form.write(value)];
    },
    read(address, [text]) {
      const value = form.read(text);
      if (value !== null) fields(address)[name] = value;
    },
  };
}

const problem = (address: PageAddress) => address.spec.problem;
const spec = (address: PageAddress) => address.spec;
const stop = (address: PageAddress) => address.spec.stop;
const display = (address: PageAddress) => address.display;
const explain = (address: PageAddress) => address.display.explain;

const OPTIMIZERS: Field = {
  key: "optimizer",
  part: "query",
  write: (address) => address.spec.optimizers.map(codec.optimizer.write),
  read(address, texts) {
    address.spec.optimizers = texts.map(codec.optimizer.read);
  },
};

const HIDDEN: Field = {
  key: "hidden",
  part: "fragment",
  write: (address) => (address.display.hidden.length ? [codec.wholes.write(address.display.hidden)] : []),
  read(address, [text]) {
    address.display.hidden = codec.wholes.read(text);
  },
};

/** Addresses of earlier versions had a flag of their own for the working. */
const WORKING_FLAG: Field = {
  key: "working",
  part: "fragment",
  write: () => [],
  read(address) {
    explain(address).explanation ??= WORKING.name;
  },
};

const SPEC_FIELDS: Field[] = [
  singleField("query", "surface", codec.text, problem),
  singleField("query", "expression", codec.text, problem),
  singleField("query", "dataset", codec.text, problem),
  singleField("query", "points", codec.orNull(codec.points), problem),
  singleField("query", "network", codec.network, problem),
  singleField("query", "loss", codec.text, problem),
  singleField("query", "standardize", codec.flag, problem),
  singleField("query", "start", codec.orNull(codec.numbers), spec),
  singleField("query", "max_steps", codec.number, stop),
  singleField("query", "min_step_size", codec.orNull(codec.number), stop),
  singleField("query", "small", codec.text, stop),
  singleField("query", "target_loss", codec.orNull(codec.number), stop),
  singleField("query", "seed", codec.number, spec),
  OPTIMIZERS,
];

const OTHER_FIELDS: Field[] = [
  singleField("query", "window", codec.orNull(codec.window), (address) => address),
  singleField("fragment", "step", codec.number, display),
  singleField("fragment", "run", codec.whole, display, "selected"),
  HIDDEN,
  singleField("fragment", "colours", codec.wholes, display, "slots"),
  singleField("fragment", "columns", codec.texts, display),
  singleField("fragment", "count", codec.text, display),
  ...Object.entries(FLAGS).map(([name, key]) => singleField("fragment", key, codec.flag, display, name)),
  ...Object.entries(EXPLANATION_FIELDS).map(([name, [form, , key = name]]) =>
    singleField("fragment", key, form as Codec<unknown>, explain, name),
  ),
];

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The shapes that the page relies on before the server has checked the values. */
const SPEC_SHAPES: Record<string, { holds: (value: unknown) => boolean; allowed: string }> = {
  problem: { holds: isObject, allowed: "an object" },
  stop: { holds: isObject, allowed: "an object" },
  optimizers: {
    holds: (value) => Array.isArray(value) && value.every(isObject),
    allowed: "a list of objects",
  },
  start: {
    holds: (value) => value === null || (Array.isArray(value) && value.every(Number.isFinite)),
    allowed: "null or a list of numbers",
  },
};

/** @throws Error that names the field, what is allowed there and what came */
function checkedSpec(value: unknown): Partial<Spec> {
  if (!isObject(value)) throw new Error(`a spec is an object, not ${JSON.stringify(value)}`);
  for (const [name, field] of Object.entries(value)) {
    const shape = Object.hasOwn(SPEC_SHAPES, name) ? SPEC_SHAPES[name] : null;
    if (shape && !shape.holds(field)) throw new Error(`${name} is ${shape.allowed}, not ${JSON.stringify(field)}`);
  }
  return value;
}

/** The whole spec as JSON, for specs that the other fields cannot encode, such as a rule of one's own. */
const SPEC_AS_JSON: Field = {
  key: "spec",
  part: "query",
  write: (address) => [codec.json.write(address.spec)],
  read(address, [encoded]) {
    const spec = checkedSpec(codec.json.read(encoded));
    address.spec = { ...address.spec, ...spec, stop: { ...NO_STOP, ...spec.stop } };
  },
};

const FIELDS = [...SPEC_FIELDS, SPEC_AS_JSON, ...OTHER_FIELDS, WORKING_FLAG];

/** Percent-encodes a value, but leaves commas, colons and the like, so that a person can read the address. */
function encode(value: string) {
  return encodeURIComponent(value).replace(/%(2C|3A|3B|3D|2F)/g, (code) => decodeURIComponent(code));
}

function joinFields(address: PageAddress, fields: Field[], part: "query" | "fragment") {
  const here = fields.filter((field) => field.part === part);
  return here.flatMap((field) => field.write(address).map((value) => `${field.key}=${encode(value)}`)).join("&");
}

/** @returns both parts without their "?" and "#" */
export function writeAddress(address: PageAddress): { query: string; fragment: string } {
  const isEncodable = address.spec.optimizers.every(codec.isEncodable);
  const fields = [...(isEncodable ? SPEC_FIELDS : [SPEC_AS_JSON]), ...OTHER_FIELDS];
  return { query: joinFields(address, fields, "query"), fragment: joinFields(address, fields, "fragment") };
}

/** @returns the query of the spec alone, as the API takes it */
export function writeSpec(address: PageAddress): string {
  return writeAddress({ ...address, window: null, display: emptyAddress().display }).query;
}

export type AddressFault = { key: string; message: string };

/**
 * Reads an address. A field that cannot be read keeps its default and is listed in `faults`.
 * @param query  with or without "?"
 * @param fragment  with or without "#"
 */
export function readAddress(query: string, fragment: string = ""): { address: PageAddress; faults: AddressFault[] } {
  const address = emptyAddress();
  const faults: AddressFault[] = [];
  readPart(address, "query", new URLSearchParams(query.replace(/^\?/, "")), faults);
  readPart(address, "fragment", new URLSearchParams(fragment.replace(/^#/, "")), faults);
  return { address, faults };
}

/** @returns whether a query has a key that a page knows */
export function namesField(query: string): boolean {
  const params = new URLSearchParams(query);
  return FIELDS.some(({ part, key }) => part === "query" && params.has(key));
}

function readPart(address: PageAddress, part: "query" | "fragment", params: URLSearchParams, faults: AddressFault[]) {
  for (const key of new Set(params.keys())) {
    const field = FIELDS.find((candidate) => candidate.key === key && candidate.part === part);
    if (!field) {
      faults.push({ key, message: `the address says "${key}", which this page does not know` });
      continue;
    }
    try {
      const texts = params.getAll(key);
      if (texts.length > 1 && field !== OPTIMIZERS) throw new RangeError("it is there twice");
      field.read(address, texts);
    } catch (error) {
      faults.push({ key, message: `the address says ${key}=${params.get(key)}: ${(error as Error).message}` });
    }
  }
}
