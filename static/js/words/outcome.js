/** How a run stands at the playhead, and in words why it ends where it ends. A run stops; it is never said to converge. */
import { chosen, measured } from "../math/format.js";
import { pointAt } from "../state/columns.js";

/** @typedef {import("../state/types.js").Run} Run */
/** @typedef {import("../state/types.js").Minimum} Minimum */
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

/** @param {Run} run @param {StopSpec} stop @param {boolean} over  it has happened already @returns {string} what ended it */
function cause(run, stop, over) {
  const slope = over ? lastSlope(run) : null;
  const still = slope !== null && slope >= STEEP ? `; the last slope was still ${measured(slope, 2)}` : "";
  if (run.end?.stop_reason === "target_loss") return `the loss ${over ? "reached" : "reaches"} ${chosen(stop.target_loss ?? 0)}`;
  return `every step is below ${chosen(stop.min_step_size ?? 0)}${still}`;
}

/** @param {Run} run @returns {string} */
function growth({ columns: { loss }, length }) {
  return `growing: its loss is ${measured(loss[length - 1])}, at the start it was ${measured(loss[0])}`;
}

/**
 * @param {Run} run
 * @param {StopSpec} stop
 * @param {number} step  the playhead
 * @returns {string} without a capital and a full stop, to stand under the run's name
 */
export function outcome(run, stop, step) {
  if (run.length === 0) return "on its way";
  const { end } = run;
  if (!end) return `received up to step ${chosen(run.length - 1)}`;
  const over = phaseAt(run, step) !== "walking";
  if (end.stop_reason === "diverged") return `${over ? "diverged" : "will diverge"} at step ${chosen(end.diverged_at ?? end.n_steps + 1)}`;
  if (isGrowing(run)) return over ? growth(run) : `will still be growing after ${steps(end.n_steps)}`;
  if (end.stop_reason === "max_steps") return over ? `used all ${steps(end.n_steps)}, ${moved(run) ? "still moving" : "and the last moved nothing"}` : `will use all ${steps(end.n_steps)}`;
  return `${over ? "stopped" : "stops"} after ${steps(end.n_steps)}: ${cause(run, stop, over)}`;
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
