/** Values against step, and the line they make. */

import { nearest } from "../../marks/hit.ts";
import { type LineMark, line } from "../../marks/mark.ts";
import { type Scales, screenX, screenY } from "../../marks/scales.ts";
import { type Counts, countAt, type Series, stepNearest } from "../../math/series.ts";
import type { Axis } from "./axes.ts";

/** With the ticks of its sides. */
export interface PlotArea extends Scales {
  x: Axis;
  y: Axis;
}

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
const within = ({ values, first }: Series, [from, to]: [number, number]): [number, number] => [
  Math.max(0, from - first),
  Math.min(values.length - 1, to - first),
];

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

/** The line that it makes. @param steps  in sight */
export function seriesLine(series: Series, steps: [number, number], style: Parameters<typeof line>[2] = {}): LineMark {
  const { values, first, counts } = series;
  const [low, high] = within(series, steps);
  const along = Float64Array.from({ length: Math.max(0, high - low + 1) }, (_, k) => countAt(low + k + first, counts));
  return line(along, values.subarray(low, high + 1), style);
}

/** A line is pointed at from so many pixels away. */
const NEAR = 20;

/** The line that passes nearest. @returns its index; -1: none */
export const nearestLine = (area: PlotArea, all: Series[], left: number, top: number): number =>
  nearest(
    all.map((series) => Math.abs(yOf(area, valueAt(series, stepAt(area, left, series.counts))) - top)),
    NEAR,
  );
