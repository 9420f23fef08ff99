/**
 * The state of the page as its address, from one table of fields.
 *
 * What runs stands in the query, in the form the API reads, so that a page, a call and a stream differ only in their
 * path. How it is looked at stands in the fragment. Defaults are left out.
 */
import * as codec from "./codecs.ts";
import { NOTHING_EXPLAINED } from "./explain.ts";
import type { Spec, StopSpec, View } from "./types.ts";
import type { Codec } from "./codecs.ts";

const NO_STOP: StopSpec = { max_steps: 1000, min_step_size: null, target_loss: null };

/** @returns what an address without a word says */
export function emptyView(): View {
  return {
    spec: { problem: {}, start: null, optimizers: [], stop: { ...NO_STOP }, seed: 0 },
    window: null,
    look: { selected: null, hidden: [], slots: null, step: null, projector: false, samples: false, explain: { ...NOTHING_EXPLAINED } },
  };
}

interface Field {
  key: string;
  part: "query" | "fragment";
  /** one text for each time the key appears */
  write: (view: View) => string[];
  read: (view: View, texts: string[]) => void;
}

/**
 * A field that appears once, or not at all while its value is the default.
 * @param holder  the object that has the value
 * @param name  of the property, where it is not the key
 */
function once<T>(part: "query" | "fragment", key: string, form: Codec<T>, holder: (view: View) => Record<string, any>, name: string = key): Field {
  return {
    key,
    part,
    write(view) {
      const value = holder(view)[name];
      const left = holder(emptyView())[name];
      return value === undefined || value === null || value === left ? [] : [form.write(value)];
    },
    read(view, texts) {
      holder(view)[name] = form.read(texts[texts.length - 1]);
    },
  };
}

const problem = (view: View) => view.spec.problem as Record<string, any>;
const spec = (view: View) => view.spec;
const stop = (view: View) => view.spec.stop;
const look = (view: View) => view.look;
const explain = (view: View) => view.look.explain;

const OPTIMIZERS: Field = {
  key: "optimizer",
  part: "query",
  write: (view) => view.spec.optimizers.map(codec.optimizer.write),
  read: (view, texts) => void (view.spec.optimizers = texts.map(codec.optimizer.read)),
};

const HIDDEN: Field = {
  key: "hidden",
  part: "fragment",
  write: (view) => (view.look.hidden.length ? [codec.numbers.write(view.look.hidden)] : []),
  read: (view, [given]) => void (view.look.hidden = codec.numbers.read(given)),
};

const SPEC_FIELDS: Field[] = [
  once("query", "surface", codec.text, problem),
  once("query", "expression", codec.text, problem),
  once("query", "dataset", codec.text, problem),
  once("query", "points", codec.points, problem),
  once("query", "network", codec.text, problem),
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
  once("query", "window", codec.window, (view) => view),
  once("fragment", "step", codec.number, look),
  once("fragment", "run", codec.number, look, "selected"),
  HIDDEN,
  once("fragment", "colours", codec.numbers, look, "slots"),
  once("fragment", "projector", codec.flag, look),
  once("fragment", "samples", codec.flag, look),
  once("fragment", "working", codec.flag, explain),
  once("fragment", "drawer", codec.text, explain),
  once("fragment", "parameter", codec.number, explain),
  once("fragment", "against", codec.number, explain),
  once("fragment", "alone", codec.flag, explain),
  once("fragment", "first", codec.flag, explain),
  once("fragment", "quantity", codec.text, explain),
  once("fragment", "average", codec.text, explain),
  once("fragment", "beta", codec.number, explain),
  once("fragment", "corrected", codec.flag, explain),
  once("fragment", "day", codec.number, explain),
];

/** What the fields of a query cannot say goes as the whole spec. */
const WHOLE: Field = {
  key: "spec",
  part: "query",
  write: (view) => [codec.json.write(view.spec)],
  read(view, [given]) {
    const said = codec.json.read(given) as Partial<Spec>;
    view.spec = { ...view.spec, ...said, stop: { ...NO_STOP, ...said.stop } };
  },
};

const FIELDS = [...SPEC_FIELDS, WHOLE, ...OTHER_FIELDS];

/** Readable in a chat, safe in a URL: "+" and spaces are encoded, commas and colons are not. */
function encode(value: string) {
  return encodeURIComponent(value).replace(/%(2C|3A|3B|3D|2F)/g, (code) => decodeURIComponent(code));
}

function join(view: View, fields: Field[], part: "query" | "fragment") {
  const here = fields.filter((field) => field.part === part);
  return here.flatMap((field) => field.write(view).map((value) => `${field.key}=${encode(value)}`)).join("&");
}

/** @returns without "?" and "#" */
export function writeAddress(view: View): { query: string; fragment: string } {
  const sayable = view.spec.optimizers.every(codec.isSayable);
  const fields = [...(sayable ? SPEC_FIELDS : [WHOLE]), ...OTHER_FIELDS];
  return { query: join(view, fields, "query"), fragment: join(view, fields, "fragment") };
}

/** @returns the query of the spec alone, as the API takes it */
export function writeSpec(view: View): string {
  return writeAddress({ ...view, window: null, look: emptyView().look }).query;
}

export type AddressFault = { key: string; message: string };

/**
 * Read an address. What cannot be read is left at its default and told.
 * @param query  with or without "?"
 * @param fragment  with or without "#"
 */
export function readAddress(query: string, fragment: string = ""): { view: View; faults: AddressFault[] } {
  const view = emptyView();
  const faults: AddressFault[] = [];
  readPart(view, "query", new URLSearchParams(query.replace(/^\?/, "")), faults);
  readPart(view, "fragment", new URLSearchParams(fragment.replace(/^#/, "")), faults);
  return { view, faults };
}

function readPart(view: View, part: "query" | "fragment", given: URLSearchParams, faults: AddressFault[]) {
  for (const key of new Set(given.keys())) {
    const field = FIELDS.find((known) => known.key === key && known.part === part);
    if (!field) {
      faults.push({ key, message: `the address says "${key}", which this page does not know` });
      continue;
    }
    try {
      field.read(view, given.getAll(key));
    } catch (error) {
      faults.push({ key, message: `the address says ${key}=${given.get(key)}: ${(error as Error).message}` });
    }
  }
}
