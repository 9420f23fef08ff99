/**
 * The state of the page as its address, from one table of fields.
 *
 * What runs stands in the query, in the form the API reads, so that a page, a call and a stream differ only in their
 * path. How it is looked at stands in the fragment. Defaults are left out.
 */
import * as codec from "./codecs.js";
import { NOTHING_EXPLAINED } from "./explain.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Spec} Spec */
/** @typedef {import("./types.js").Look} Look */
/** @typedef {import("./types.js").StopSpec} StopSpec */

/** @type {StopSpec} */
const NO_STOP = { max_steps: 1000, min_step_size: null, target_loss: null };

/** @returns {View} what an address without a word says */
export function emptyView() {
  return {
    spec: { problem: {}, start: null, optimizers: [], stop: { ...NO_STOP }, seed: 0 },
    window: null,
    look: { selected: null, hidden: [], slots: null, step: null, projector: false, samples: false, explain: { ...NOTHING_EXPLAINED } },
  };
}

/**
 * @typedef {object} Field
 * @property {string} key
 * @property {"query" | "fragment"} part
 * @property {(view: View) => string[]} write  one text for each time the key appears
 * @property {(view: View, texts: string[]) => void} read
 */

/**
 * A field that appears once, or not at all while its value is the default.
 * @template T
 * @param {"query" | "fragment"} part
 * @param {string} key
 * @param {import("./codecs.js").Codec<T>} form
 * @param {(view: View) => Record<string, any>} holder  the object that has the value
 * @param {string} [name]  of the property, where it is not the key
 * @returns {Field}
 */
function once(part, key, form, holder, name = key) {
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

const problem = (/** @type {View} */ view) => /** @type {Record<string, any>} */ (view.spec.problem);
const spec = (/** @type {View} */ view) => view.spec;
const stop = (/** @type {View} */ view) => view.spec.stop;
const look = (/** @type {View} */ view) => view.look;
const explain = (/** @type {View} */ view) => view.look.explain;

/** @type {Field} */
const OPTIMIZERS = {
  key: "optimizer",
  part: "query",
  write: (view) => view.spec.optimizers.map(codec.optimizer.write),
  read: (view, texts) => void (view.spec.optimizers = texts.map(codec.optimizer.read)),
};

/** @type {Field} */
const HIDDEN = {
  key: "hidden",
  part: "fragment",
  write: (view) => (view.look.hidden.length ? [codec.numbers.write(view.look.hidden)] : []),
  read: (view, [given]) => void (view.look.hidden = codec.numbers.read(given)),
};

/** @type {Field[]} */
const SPEC_FIELDS = [
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

/** @type {Field[]} */
const OTHER_FIELDS = [
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

/** What the fields of a query cannot say goes as the whole spec. @type {Field} */
const WHOLE = {
  key: "spec",
  part: "query",
  write: (view) => [codec.json.write(view.spec)],
  read(view, [given]) {
    const said = /** @type {Partial<Spec>} */ (codec.json.read(given));
    view.spec = { ...view.spec, ...said, stop: { ...NO_STOP, ...said.stop } };
  },
};

const FIELDS = [...SPEC_FIELDS, WHOLE, ...OTHER_FIELDS];

/** Readable in a chat, safe in a URL: "+" and spaces are encoded, commas and colons are not. @param {string} value */
function encode(value) {
  return encodeURIComponent(value).replace(/%(2C|3A|3B|3D|2F)/g, (code) => decodeURIComponent(code));
}

/** @param {View} view @param {Field[]} fields @param {"query" | "fragment"} part */
function join(view, fields, part) {
  const here = fields.filter((field) => field.part === part);
  return here.flatMap((field) => field.write(view).map((value) => `${field.key}=${encode(value)}`)).join("&");
}

/**
 * @param {View} view
 * @returns {{query: string, fragment: string}} without "?" and "#"
 */
export function writeAddress(view) {
  const sayable = view.spec.optimizers.every(codec.isSayable);
  const fields = [...(sayable ? SPEC_FIELDS : [WHOLE]), ...OTHER_FIELDS];
  return { query: join(view, fields, "query"), fragment: join(view, fields, "fragment") };
}

/**
 * @param {View} view
 * @returns {string} the query of the spec alone, as the API takes it
 */
export function writeSpec(view) {
  return writeAddress({ ...view, window: null, look: emptyView().look }).query;
}

/** @typedef {{key: string, message: string}} AddressFault */

/**
 * Read an address. What cannot be read is left at its default and told.
 * @param {string} query  with or without "?"
 * @param {string} [fragment]  with or without "#"
 * @returns {{view: View, faults: AddressFault[]}}
 */
export function readAddress(query, fragment = "") {
  const view = emptyView();
  /** @type {AddressFault[]} */
  const faults = [];
  readPart(view, "query", new URLSearchParams(query.replace(/^\?/, "")), faults);
  readPart(view, "fragment", new URLSearchParams(fragment.replace(/^#/, "")), faults);
  return { view, faults };
}

/** @param {View} view @param {"query" | "fragment"} part @param {URLSearchParams} given @param {AddressFault[]} faults */
function readPart(view, part, given, faults) {
  for (const key of new Set(given.keys())) {
    const field = FIELDS.find((known) => known.key === key && known.part === part);
    if (!field) {
      faults.push({ key, message: `the address says "${key}", which this page does not know` });
      continue;
    }
    try {
      field.read(view, given.getAll(key));
    } catch (error) {
      faults.push({ key, message: `the address says ${key}=${given.get(key)}: ${/** @type {Error} */ (error).message}` });
    }
  }
}
