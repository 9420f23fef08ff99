/** Values against step, and the line they make. */
import { Trace } from "../../math/tracing.ts";
import type { Axis } from "./axes.ts";

/** first: the step of its first value; NaN where it has none */
export type Series = { values: Float64Array; first: number };
export type Box = { left: number; top: number; width: number; height: number };
/** a box and the scales of its sides */
export type Frame = { box: Box; x: Axis; y: Axis };

export const xOf = ({ box, x }: Frame, step: number) => box.left + x.place(step) * box.width;

export const yOf = ({ box, y }: Frame, value: number) => box.top + (1 - y.place(value)) * box.height;

/** @param left  pixels @returns the step nearest to it */
export function stepAt({ box }: Frame, left: number, [from, to]: [number, number]): number {
  const share = Math.min(1, Math.max(0, (left - box.left) / box.width));
  return Math.round(from + share * (to - from));
}

/** @returns NaN where it has none */
export const valueAt = ({ values, first }: Series, step: number): number => values[step - first] ?? NaN;

/** @returns indices of the first and last value in sight */
const within = ({ values, first }: Series, [from, to]: [number, number]): [number, number] => [Math.max(0, from - first), Math.min(values.length - 1, to - first)];

/** @returns smallest: above 0 */
export function rangeOf(all: Series[], steps: [number, number]): { least: number; most: number; smallest: number } {
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

function extremes(values: Float64Array, from: number, to: number): [number, number] {
  let [low, high] = [values[from], values[from]];
  for (let k = from + 1; k < to; k++) {
    if (values[k] < low) low = values[k];
    if (values[k] > high) high = values[k];
  }
  return [low, high];
}

/**
 * Every value where they are few, else least and greatest of each half pixel, so that no peak is lost.
 * @param steps  in sight
 */
export function traceOf(frame: Frame, series: Series, steps: [number, number]): Trace {
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
