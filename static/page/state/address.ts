/**
 * Reads and writes the address of a page, by one table of fields.
 *
 * The query says what runs, in the form that the API reads: a page, a call and a stream differ only in their path. The
 * fragment says how it is looked at. Defaults are left out.
 */

import type { Codec } from "./codecs.ts";
import * as codec from "./codecs.ts";
import { NOTHING_EXPLAINED } from "./explain.ts";
import { WORKING } from "./explanations.ts";
import { FLAGS, NO_FLAGS } from "./flags.ts";
import type { PageAddress, Spec, StopSpec } from "./types.ts";

const NO_STOP: StopSpec = { max_steps: 1000, min_step_size: null, target_loss: null };

/** @returns what an address without a word says */
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
  /** one text for each time the key appears */
  write: (address: PageAddress) => string[];
  read: (address: PageAddress, texts: string[]) => void;
}

/**
 * A field that appears at most once: a default is not written.
 * @param holder  the object that has the value
 * @param name  of the property, where it is not the key
 */
function once<T>(
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
    read(address, texts) {
      fields(address)[name] = form.read(texts[texts.length - 1]);
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
  read(address, texts) {
    address.display.hidden = codec.wholes.read(texts[texts.length - 1]);
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
  once("query", "surface", codec.text, problem),
  once("query", "expression", codec.text, problem),
  once("query", "dataset", codec.text, problem),
  once("query", "points", codec.points, problem),
  once("query", "network", codec.network, problem),
  once("query", "loss", codec.text, problem),
  once("query", "standardize", codec.flag, problem),
  once("query", "start", codec.numbers, spec),
  once("query", "max_steps", codec.number, stop),
  once("query", "min_step_size", codec.number, stop),
  once("query", "small", codec.text, stop),
  once("query", "target_loss", codec.number, stop),
  once("query", "seed", codec.number, spec),
  OPTIMIZERS,
];

const OTHER_FIELDS: Field[] = [
  once("query", "window", codec.window, (address) => address),
  once("fragment", "step", codec.number, display),
  once("fragment", "run", codec.whole, display, "selected"),
  HIDDEN,
  once("fragment", "colours", codec.wholes, display, "slots"),
  once("fragment", "columns", codec.texts, display),
  once("fragment", "count", codec.text, display),
  ...Object.entries(FLAGS).map(([name, key]) => once("fragment", key, codec.flag, display, name)),
  once("fragment", "explanation", codec.text, explain),
  once("fragment", "parameter", codec.whole, explain),
  once("fragment", "against", codec.whole, explain),
  once("fragment", "follows", codec.flag, explain, "followsPlayhead"),
  once("fragment", "alone", codec.flag, explain, "singleRun"),
  once("fragment", "first", codec.flag, explain, "firstStepsOnly"),
  once("fragment", "quantity", codec.text, explain),
  once("fragment", "average", codec.text, explain),
  once("fragment", "beta", codec.number, explain),
  once("fragment", "corrected", codec.flag, explain),
  once("fragment", "day", codec.whole, explain),
  once("fragment", "averaged", codec.whole, explain, "averageFromRow"),
  once("fragment", "cause", codec.text, explain),
  once("fragment", "plane", codec.text, explain),
  once("fragment", "tint", codec.text, explain),
  once("fragment", "substep", codec.text, explain),
  once("fragment", "sample", codec.whole, explain),
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
function specIn(value: unknown): Partial<Spec> {
  if (!isObject(value)) throw new Error(`a spec is an object, not ${JSON.stringify(value)}`);
  for (const [name, field] of Object.entries(value)) {
    const shape = Object.hasOwn(SPEC_SHAPES, name) ? SPEC_SHAPES[name] : null;
    if (shape && !shape.holds(field)) throw new Error(`${name} is ${shape.allowed}, not ${JSON.stringify(field)}`);
  }
  return value;
}

/** The whole spec, where the other fields cannot say it. */
const WHOLE: Field = {
  key: "spec",
  part: "query",
  write: (address) => [codec.json.write(address.spec)],
  read(address, [encoded]) {
    const spec = specIn(codec.json.read(encoded));
    address.spec = { ...address.spec, ...spec, stop: { ...NO_STOP, ...spec.stop } };
  },
};

const FIELDS = [...SPEC_FIELDS, WHOLE, ...OTHER_FIELDS, WORKING_FLAG];

/** Encodes "+" and spaces, and leaves commas and colons, so that an address can be read. */
function encode(value: string) {
  return encodeURIComponent(value).replace(/%(2C|3A|3B|3D|2F)/g, (code) => decodeURIComponent(code));
}

function join(address: PageAddress, fields: Field[], part: "query" | "fragment") {
  const here = fields.filter((field) => field.part === part);
  return here.flatMap((field) => field.write(address).map((value) => `${field.key}=${encode(value)}`)).join("&");
}

/** @returns without "?" and "#" */
export function writeAddress(address: PageAddress): { query: string; fragment: string } {
  const sayable = address.spec.optimizers.every(codec.isSayable);
  const fields = [...(sayable ? SPEC_FIELDS : [WHOLE]), ...OTHER_FIELDS];
  return { query: join(address, fields, "query"), fragment: join(address, fields, "fragment") };
}

/** @returns the query of the spec alone, as the API takes it */
export function writeSpec(address: PageAddress): string {
  return writeAddress({ ...address, window: null, display: emptyAddress().display }).query;
}

export type AddressFault = { key: string; message: string };

/**
 * Reads an address. A field that cannot be read keeps its default, and a fault tells of it.
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

function readPart(address: PageAddress, part: "query" | "fragment", params: URLSearchParams, faults: AddressFault[]) {
  for (const key of new Set(params.keys())) {
    const field = FIELDS.find((candidate) => candidate.key === key && candidate.part === part);
    if (!field) {
      faults.push({ key, message: `the address says "${key}", which this page does not know` });
      continue;
    }
    try {
      field.read(address, params.getAll(key));
    } catch (error) {
      faults.push({ key, message: `the address says ${key}=${params.get(key)}: ${(error as Error).message}` });
    }
  }
}
