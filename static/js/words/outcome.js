/** How a run stands at the playhead, and in words why it ends where it ends. A run stops; it is never said to converge. */
import { chosen, measured } from "../math/format.js";
import { pointAt } from "../state/columns.js";
import { undefinedThere } from "./divergence.js";
import { arrivalOf, excessOf, placeAt } from "./arrival.js";

/** @typedef {import("../state/types.js").Run} Run */
/** @typedef {import("../state/types.js").Minimum} Minimum */
/** @typedef {import("../state/types.js").Problem} Problem */
/** @typedef {import("../state/types.js").StopSpec} StopSpec */
/** @typedef {"waiting" | "walking" | "stopped" | "spent" | "growing" | "diverged"} Phase */

/** @param {Run} run @param {number} step @returns {number} its row at the playhead; -1 without rows */
export function rowAt(run, step) {
  return Math.min(Math.floor(step), run.length - 1);
}

/** @param {Run} run @returns {boolean} whether its loss was still rising when the steps ran out */
export function isGrowing(run) {
  if (run.end?.stop_reason !== "max_steps" || run.length < 4) return false;
  const { loss } = run.columns;
  const last = run.length - 1;
  return loss[last] > loss[0] && loss[last] >= loss[Math.floor(0.75 * last)] * 1.5;
}

/** @param {Run} run @param {number} step @returns {Phase} at the playhead */
export function phaseAt(run, step) {
  if (run.length === 0) return "waiting";
  if (!run.end || Math.floor(step) < run.end.n_steps) return "walking";
  if (run.end.stop_reason === "diverged") return "diverged";
  if (run.end.stop_reason === "max_steps") return isGrowing(run) ? "growing" : "spent";
  return "stopped";
}

/** A slope worth a word when a run stops on it. */
const STEEP = 0.1;

/** @param {number} count */
const steps = (count) => `${chosen(count)} step${count === 1 ? "" : "s"}`;

/** @param {Run} run @returns {number | null} the size of the last gradient used */
function lastSlope({ columns, length }) {
  if (!columns.gradient || length < 2) return null;
  return Math.hypot(...columns.gradient.map((column) => column[length - 2]));
}

/** @param {Run} run @returns {boolean} whether the last step changed any parameter */
function moved({ columns: { parameters }, length }) {
  return length < 2 || parameters.some((column) => column[length - 1] !== column[length - 2]);
}

/** @param {Run} run @returns {string} a slope that it stopped on all the same */
function slopeLeft(run) {
  const slope = lastSlope(run);
  return slope !== null && slope >= STEEP ? `; the slope is still ${measured(slope, 2)}` : "";
}

/** @param {Run} run @returns {string} */
function growth({ columns: { loss }, length }) {
  return `growing: its loss is ${measured(loss[length - 1])}, at the start it was ${measured(loss[0])}`;
}

/** @param {Run} run @param {StopSpec} stop @returns {string} what is to come of it */
function prospect(run, stop) {
  const { stop_reason: reason, n_steps, diverged_at } = /** @type {import("../state/types.js").End} */ (run.end);
  if (undefinedThere(run.end)) return `will end at step ${chosen(n_steps + 1)}, where ${undefinedThere(run.end)}`;
  if (reason === "diverged") return `will diverge at step ${chosen(diverged_at ?? n_steps + 1)}`;
  if (reason === "max_steps") return `will ${isGrowing(run) ? "still be growing after" : "use all"} ${steps(n_steps)}`;
  return `stops after ${steps(n_steps)}: ${reason === "target_loss" ? `the loss reaches ${chosen(stop.target_loss ?? 0)}` : `every step is below ${chosen(stop.min_step_size ?? 0)}`}`;
}

/** @param {Run} run @param {StopSpec} stop @returns {string} what ended it */
function cause(run, stop) {
  const { stop_reason: reason, n_steps, diverged_at } = /** @type {import("../state/types.js").End} */ (run.end);
  if (undefinedThere(run.end)) return `ended at step ${chosen(n_steps + 1)}: there ${undefinedThere(run.end)}`;
  if (reason === "diverged") return `diverged at step ${chosen(diverged_at ?? n_steps + 1)}`;
  if (isGrowing(run)) return growth(run);
  if (reason === "max_steps") return `used all ${steps(n_steps)}, ${moved(run) ? "still moving" : "and the last moved nothing"}`;
  if (reason === "target_loss") return `reached loss ${chosen(stop.target_loss ?? 0)} after ${steps(n_steps)}`;
  return `${steps(n_steps)}, ${n_steps === 1 ? "already" : "the last"} below ${chosen(stop.min_step_size ?? 0)}${slopeLeft(run)}`;
}

/** Whether it got there, in a word or two. @param {Run} run @param {Problem} problem @param {Phase} phase @returns {string} */
function verdict(run, problem, phase) {
  if (phase !== "stopped" && phase !== "spent") return "";
  const arrival = arrivalOf(run, problem);
  const reason = run.end?.stop_reason;
  if (!arrival) return reason === "min_step_size" ? "stopped" : "";
  if (arrival.kind !== "none") return placeAt(arrival, problem.minima);
  if (reason === "target_loss") return "";
  return [reason === "min_step_size" ? "stopped short" : "not at a minimum", excessOf(arrival).replace(" loss", "")].filter(Boolean).join(", ");
}

/**
 * @typedef {object} Outcome
 * @property {string} verdict  whether it got there; empty while it walks, and where that is not known
 * @property {string} why
 */

/**
 * @param {Run} run
 * @param {StopSpec} stop
 * @param {number} step  the playhead
 * @param {Problem} problem
 * @returns {Outcome} without capitals and full stops, to stand under the run's name
 */
export function outcome(run, stop, step, problem) {
  const walking = (/** @type {string} */ why) => ({ verdict: "", why });
  if (run.length === 0) return walking("on its way");
  if (!run.end) return walking(`received up to step ${chosen(run.length - 1)}`);
  const phase = phaseAt(run, step);
  return phase === "walking" ? walking(prospect(run, stop)) : { verdict: verdict(run, problem, phase), why: cause(run, stop) };
}

/**
 * @param {number[]} point
 * @param {Minimum[]} minima
 * @returns {{minimum: Minimum, distance: number} | null} the nearest
 */
export function nearest(point, minima) {
  /** @type {{minimum: Minimum, distance: number} | null} */
  let best = null;
  for (const minimum of minima) {
    const distance = Math.hypot(...point.map((value, k) => value - minimum.at[k]));
    if (!best || distance < best.distance) best = { minimum, distance };
  }
  return best;
}

/**
 * @typedef {object} Standing
 * @property {number} index  of the run
 * @property {Phase} phase
 * @property {number} row
 * @property {number} loss  NaN without rows
 * @property {number | null} distance  to the nearest known minimum
 */

/**
 * The runs in the order of their loss at the playhead, lowest first; what has diverged comes last.
 * @param {Run[]} runs
 * @param {Minimum[]} minima
 * @param {number} step
 * @returns {Standing[]}
 */
export function standings(runs, minima, step) {
  const all = runs.map((run, index) => standing(run, index, minima, step)).filter(({ index }) => !runs[index].hidden);
  return all.sort((a, b) => Number(a.phase === "diverged") - Number(b.phase === "diverged") || rank(a) - rank(b) || a.index - b.index);
}

/** @param {Run} run @param {number} index @param {Minimum[]} minima @param {number} step @returns {Standing} */
function standing(run, index, minima, step) {
  const row = rowAt(run, step);
  const loss = row < 0 ? NaN : run.columns.loss[row];
  const distance = row < 0 ? null : (nearest(pointAt(run.columns, row), minima)?.distance ?? null);
  return { index, phase: phaseAt(run, step), row, loss, distance };
}

/** @param {Standing} one */
const rank = ({ loss }) => (Number.isNaN(loss) ? Infinity : loss);
