/** Values against step, and the line they make. */
import { Trace } from "../../math/tracing.js";

/** @typedef {{values: Float64Array, first: number}} Series  first: the step of its first value; NaN where it has none */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */
/** @typedef {{box: Box, x: import("./axes.js").Axis, y: import("./axes.js").Axis}} Frame  a box and the scales of its sides */

/** @param {Frame} frame @param {number} step */
export const xOf = ({ box, x }, step) => box.left + x.place(step) * box.width;

/** @param {Frame} frame @param {number} value */
export const yOf = ({ box, y }, value) => box.top + (1 - y.place(value)) * box.height;

/** @param {Frame} frame @param {number} left  pixels @param {[number, number]} steps @returns {number} the step nearest to it */
export function stepAt({ box }, left, [from, to]) {
  const share = Math.min(1, Math.max(0, (left - box.left) / box.width));
  return Math.round(from + share * (to - from));
}

/** @param {Series} series @param {number} step @returns {number} NaN where it has none */
export const valueAt = ({ values, first }, step) => values[step - first] ?? NaN;

/** @param {Series} series @param {[number, number]} steps @returns {[number, number]} indices of the first and last value in sight */
const within = ({ values, first }, [from, to]) => [Math.max(0, from - first), Math.min(values.length - 1, to - first)];

/**
 * @param {Series[]} all
 * @param {[number, number]} steps
 * @returns {{least: number, most: number, smallest: number}} smallest: above 0
 */
export function rangeOf(all, steps) {
  let [least, most, smallest] = [Infinity, -Infinity, Infinity];
  for (const series of all) {
    const [low, high] = within(series, steps);
    for (let k = low; k <= high; k++) {
      const value = series.values[k];
      if (!Number.isFinite(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
      if (value > 0) smallest = Math.min(smallest, value);
    }
  }
  return { least, most, smallest };
}

/** @param {Float64Array} values @param {number} from @param {number} to @returns {[number, number]} */
function extremes(values, from, to) {
  let [low, high] = [values[from], values[from]];
  for (let k = from + 1; k < to; k++) {
    if (values[k] < low) low = values[k];
    if (values[k] > high) high = values[k];
  }
  return [low, high];
}

/**
 * Every value where they are few, else least and greatest of each half pixel, so that no peak is lost.
 * @param {Frame} frame
 * @param {Series} series
 * @param {[number, number]} steps  in sight
 * @returns {Trace}
 */
export function traceOf(frame, series, steps) {
  const trace = new Trace();
  const { values, first } = series;
  const [low, high] = within(series, steps);
  const every = Math.max(1, Math.floor((steps[1] - steps[0]) / (2 * frame.box.width)));
  let drawing = false;
  for (let k = low; k <= high; k += every) {
    const [least, most] = extremes(values, k, Math.min(high + 1, k + every));
    const [x, y0, y1] = [xOf(frame, k + first), yOf(frame, least), yOf(frame, most)];
    if (Number.isNaN(y0)) drawing = false;
    else {
      if (drawing) trace.lineTo(x, y0);
      else trace.moveTo(x, y0);
      if (y1 !== y0 && !Number.isNaN(y1)) trace.lineTo(x, y1);
      drawing = true;
    }
  }
  return trace;
}
