/** The routes of the API that the page uses, each as one function. */
import { askJson } from "./http.js";
import { createCache } from "./cache.js";
import { emptyView, writeSpec } from "../state/address.js";

/** @typedef {import("../state/types.js").Catalog} Catalog */
/** @typedef {import("../state/types.js").Landscape} Landscape */
/** @typedef {import("../state/types.js").Problem} Problem */
/** @typedef {import("../state/types.js").ProblemSpec} ProblemSpec */
/** @typedef {import("../state/types.js").Spec} Spec */
/** @typedef {import("../state/types.js").StopReason} StopReason */
/** @typedef {import("../state/types.js").Window} Window */
/** @typedef {import("../state/columns.js").WireColumns} WireColumns */

/** @typedef {Omit<Problem, "label"> & {label?: string, points?: [number, number][]}} WireProblem */

/** @typedef {{stop_reason: StopReason, n_steps: number, diverged_at?: number | null, sentence?: string, end_point?: import("../state/types.js").EndPoint}} WireEnd */

/** @typedef {WireEnd & WireColumns & {notes?: string[]}} WireRun */

/** @typedef {{problem: WireProblem, start: number[], runs: WireRun[]}} Reply */

/** @typedef {{over: string, values: number[], loss: (number | null)[], stop_reason: StopReason[]}} WireSweep */

/** Past this a query no longer fits everywhere, and the request goes as a body. */
const LONGEST_QUERY = 2000;
const DRAWN = "fields=parameters,loss";

/** @param {AbortSignal} [signal] @returns {Promise<Catalog>} */
export function getCatalog(signal) {
  return askJson({ path: "/catalog", signal });
}

/**
 * Whole runs in one reply.
 * @param {Spec} spec
 * @param {{drawnOnly: boolean, signal?: AbortSignal}} how  drawnOnly: without what only the words need
 * @returns {Promise<Reply>}
 */
export function getRuns(spec, { drawnOnly, signal }) {
  return askJson({ path: "/trajectories", query: drawnOnly ? DRAWN : "", body: spec, signal });
}

/**
 * Where each value of one hyperparameter ends.
 * @param {Spec} spec  with one optimizer
 * @param {Record<string, {from: number, to: number, count: number}>} over
 * @param {AbortSignal} [signal]
 * @returns {Promise<WireSweep>}
 */
export function getSweep(spec, over, signal) {
  return askJson({ path: "/trajectories/sweep", body: { ...spec, over }, signal });
}

/** @typedef {ReturnType<typeof createCache<Landscape>>} LandscapeCache */

/** @type {LandscapeCache} */
const landscapes = createCache(40);

/** Significant digits of a landscape: five draw the same map as seven, and weigh a quarter less. */
const DIGITS = 5;

/**
 * The loss on a grid; kept, since a problem's ground does not change.
 * @param {ProblemSpec} problem
 * @param {Window | null} window  null: the whole domain
 * @param {number} resolution
 * @param {AbortSignal} [signal]
 * @returns {Promise<Landscape>}
 */
export async function getLandscape(problem, window, resolution, signal) {
  const key = JSON.stringify([problem, window, resolution]);
  const known = landscapes.get(key);
  if (known) return known;
  const landscape = fromWire(await askJson({ path: "/landscape", ...landscapeRequest(problem, window, resolution), signal }));
  landscapes.set(key, landscape);
  return landscape;
}

/** By GET where it can be said in a query, so that a browser keeps it. @param {ProblemSpec} problem @param {Window | null} window @param {number} resolution */
function landscapeRequest(problem, window, resolution) {
  const empty = emptyView();
  const said = writeSpec({ ...empty, spec: { ...empty.spec, problem } });
  const query = `${said}${window ? `&domain=${window.flat().join(",")}` : ""}&resolution=${resolution}&digits=${DIGITS}`;
  if (query.length < LONGEST_QUERY) return { query };
  return { body: { problem, resolution, digits: DIGITS, ...(window ? { domain: window } : {}) } };
}

/** @param {(number | null)[]} row */
const withNaN = (row) => Float64Array.from(row, (value) => (value === null ? NaN : value));

/** @param {{x: number[], y?: number[] | null, loss: (number | null)[] | (number | null)[][]}} wire @returns {Landscape} */
function fromWire(wire) {
  const x = Float64Array.from(wire.x);
  const y = wire.y?.length ? Float64Array.from(wire.y) : null;
  const loss = withNaN(/** @type {(number | null)[]} */ (wire.loss.flat()));
  const window = /** @type {Window} */ ([x, y].flatMap((axis) => (axis ? [[axis[0], axis[axis.length - 1]]] : [])));
  return { x, y, loss, window };
}
