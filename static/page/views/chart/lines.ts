/** Values against step, and the line they make. */

import { nearest } from "../../marks/hit.ts";
import { type Ink, type LineMark, line } from "../../marks/mark.ts";
import { type Scales, screenX, screenY } from "../../marks/scales.ts";
import { type Counts, countAt, type Series, stepNearest } from "../../math/series.ts";
import type { Interval } from "../../state/types.ts";
import type { Axis } from "./axes.ts";

/** With the ticks of its sides. */
export interface PlotArea extends Scales {
  x: Axis;
  y: Axis;
}

export interface ChartLine extends Series {
  /** the quantity */
  of: string;
  /** index */
  run: number;
  /** of its run; null: in grey, for comparison only, or in its own ink */
  slot: number | null;
  ink?: Ink;
  /** at its end; empty: none */
  name: string;
  dash?: readonly number[];
  strong?: boolean;
  /** nominal pixels */
  width?: number;
}

/** Where a line ends, or leaves the top for good (off), in pixels. */
export type LineEnd = { x: number; y: number; off?: boolean };

export const xOf = (area: PlotArea, step: number, counts?: Counts) => screenX(area, countAt(step, counts));

export const yOf: (area: PlotArea, value: number) => number = screenY;

/** @param left  pixels @returns the step nearest to it */
export const stepAt = ({ box, x }: PlotArea, left: number, counts?: Counts) =>
  stepNearest(x.valueAt(Math.min(1, Math.max(0, (left - box.left) / box.width))), counts);

/** @returns NaN where it has none */
export const valueAt = ({ values, first }: Series, step: number): number => values[step - first] ?? NaN;

export const lastStep = ({ values, first }: Series) => first + values.length - 1;

/** Of the line at a step, which may be a fraction. */
export function heightAt(area: PlotArea, series: Series, step: number): number {
  const [y0, y1] = [Math.floor(step), Math.ceil(step)].map((each) => yOf(area, valueAt(series, each)));
  return Number.isNaN(y1) ? y0 : y0 + (step % 1) * (y1 - y0);
}

/** @returns indices of the first and last value in sight */
const within = ({ values, first }: Series, [from, to]: Interval): Interval => [
  Math.max(0, from - first),
  Math.min(values.length - 1, to - first),
];

/** All steps. */
export const WHOLE: Interval = [0, Infinity];

/** @returns smallest: above 0 */
export function rangeOf(all: Series[], steps = WHOLE): { least: number; most: number; smallest: number } {
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

/** The line that it makes. @param steps  in sight */
export function seriesLine(series: Series, steps: Interval, style: Parameters<typeof line>[2] = {}): LineMark {
  const { values, first, counts } = series;
  const [low, high] = within(series, steps);
  const along = Float64Array.from({ length: Math.max(0, high - low + 1) }, (_, k) => countAt(low + k + first, counts));
  return line(along, values.subarray(low, high + 1), style);
}

/** From so much above the top on a line is out of sight. */
const OUT = 1.02;

/** @param steps  in sight */
export function endOf(area: PlotArea, series: Series, [from, to]: Interval): LineEnd {
  const { box, y } = area;
  const place = (step: number) => y.place(valueAt(series, step));
  const last = Math.min(to, lastStep(series));
  const x = xOf(area, last, series.counts);
  if (!(place(last) > OUT))
    return { x, y: Math.min(box.top + box.height, screenY(area, valueAt(series, last)) || Infinity) };
  let step = last;
  while (step > from && place(step - 1) > 1) step--;
  if (step === from) return { x: xOf(area, from, series.counts), y: box.top, off: true };
  const [inside, outside, before] = [place(step - 1), place(step), xOf(area, step - 1, series.counts)];
  const share = (1 - inside) / (outside - inside);
  return { x: before + share * (xOf(area, step, series.counts) - before), y: box.top, off: true };
}

/** @returns the steps at which it is highest of each time that it is out at the top and comes back */
export function peaksOut({ y }: PlotArea, { values, first }: Series): number[] {
  const found: number[] = [];
  let peak = -1;
  values.forEach((value, k) => {
    if (y.place(value) > OUT) peak = peak < 0 || value > values[peak] ? k : peak;
    else if (peak >= 0) {
      found.push(first + peak);
      peak = -1;
    }
  });
  return found;
}

/** A line is pointed at from so many pixels away. */
const NEAR = 20;

/** The line that passes nearest. @returns its index; -1: none */
export const nearestLine = (area: PlotArea, all: Series[], left: number, top: number): number =>
  nearest(
    all.map((series) => Math.abs(yOf(area, valueAt(series, stepAt(area, left, series.counts))) - top)),
    NEAR,
  );
