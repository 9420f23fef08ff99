/** What charts share: axes and their ticks, lines of values against step, and what is nearest to the pointer. */

import { type Look, widthOf } from "../../marks/look.ts";
import {
  type GroupMark,
  group,
  type Ink,
  type LineMark,
  line,
  path,
  runInk,
  type ShapeMark,
  type Span,
  shape,
  words,
} from "../../marks/mark.ts";
import { evenScale, type Scale, type Scales, screenX, screenY, shareScales } from "../../marks/scales.ts";
import { indexOfNearest } from "../../math/box.ts";
import { formatLevel, formatTick } from "../../math/format.ts";
import { DASHES } from "../../math/palette.ts";
import { type Counts, countAt, type Series, stepNearest } from "../../math/series.ts";
import { multiples, niceStep } from "../../math/ticks.ts";
import type { Interval } from "../../state/types.ts";

/** at: 0 to 1 */
export type Tick = { at: number; text: string };

export interface Axis extends Scale {
  ticks: Tick[];
  /** what is taken off a value before its logarithm */
  base?: number;
}

/** Positive values that span more than this factor have a logarithmic axis. */
const WIDE = 40;
/** Decades on one chart of quantities, at the most. */
const DECADES = 16;
/** Decades from one number to the next. */
const EVERY = [1, 2, 3, 4, 5, 6, 8, 10, 20, 40, 100];
/** Values that vary by less than this share have an axis from 0. */
const STILL = 0.02;

/** Between two ticks. @param mostTicks  ticks that fit */
const stepOf = ([low, high]: Interval, mostTicks: number) => niceStep((high - low) / Math.max(2, mostTicks));

/** @param mostTicks  ticks that fit @param whole  from one tick to another */
export function evenAxis(ends: Interval, mostTicks: number, whole: boolean = false): Axis {
  const step = stepOf(ends, mostTicks);
  const [low, high] = ends;
  const span: Interval = whole ? [Math.floor(low / step) * step, Math.ceil(high / step) * step] : ends;
  const { place, valueAt } = evenScale(...span);
  return {
    place,
    valueAt,
    ticks: multiples(...span, step).map((value) => ({ at: place(value), text: formatTick(value, step) })),
  };
}

const several =
  (most: number) =>
  ({ length }: number[]) =>
    length > 1 && length <= most;

/** @param ends  above 0 @param mostTicks  ticks that fit */
export function logAxis([low, high]: Interval, mostTicks: number): Axis {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const { place: placeOf, valueAt } = evenScale(from, to);
  const place = (value: number) => (value > 0 ? placeOf(Math.log10(value)) : NaN);
  const possible = EVERY.map((every) => multiples(from, to, every));
  const exponents = possible.find(several(mostTicks)) ?? possible[0];
  const values = to - from < 2 ? roundValues(low, high, mostTicks) : exponents.map((exponent) => 10 ** exponent);
  return {
    place,
    valueAt: (share) => 10 ** valueAt(share),
    ticks: values.map((value) => ({ at: place(value), text: formatLevel(value) })),
  };
}

/** Digits of ticks where a scale has few powers of ten, the most ticks first. */
const DIGITS = [
  [1, 1.5, 2, 3, 4, 5, 7],
  [1, 2, 3, 5],
  [1, 2, 5],
  [1, 3],
];

function roundValues(low: number, high: number, mostTicks: number): number[] {
  const exponents = multiples(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)), 1);
  const possible = DIGITS.map((digits) =>
    exponents
      .flatMap((exponent) => digits.map((digit) => Number(`${digit}e${exponent}`)))
      .filter((value) => value > low * 0.99 && value < high * 1.01),
  );
  return possible.find(several(mostTicks)) ?? possible[3];
}

/** @returns with some space at both ends */
function spanOf(least: number, most: number): Interval {
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (most - least <= STILL * size) return size === 0 ? [-1, 1] : [Math.min(0, 1.25 * least), Math.max(0, 1.25 * most)];
  const margin = 0.06 * (most - least);
  return [least - margin, most + margin];
}

/**
 * Of quantities.
 * @param steps  in sight
 * @param height  in pixels
 * @param log  by the logarithm, where any is above 0; otherwise where they span much
 */
export function valueAxis(all: Series[], steps: Interval, height: number, log: boolean = false): Axis {
  const { least, most, smallest } = rangeOf(all, steps);
  const mostTicks = Math.max(3, Math.floor(height / 28));
  if (!Number.isFinite(least)) return evenAxis([0, 1], mostTicks);
  if (log ? smallest === Infinity || most === smallest : least < 0 || most / smallest <= WIDE)
    return evenAxis(spanOf(least, most), mostTicks);
  const high = most * 10 ** 0.05;
  return logAxis([Math.max(smallest / 10 ** 0.05, high / 10 ** DECADES), high], mostTicks);
}

/** @returns the values at both ends */
export const endsOf = ({ valueAt }: Axis): Interval => [valueAt(0), valueAt(1)];

/** Of what is counted. @param width  in pixels */
export function countAxis([from, to]: Interval, width: number): Axis {
  const counted: Interval = [from, Math.max(to, from + 1)];
  const { place, valueAt } = evenScale(...counted);
  const whole = multiples(...counted, Math.max(1, stepOf(counted, width / 52)));
  return {
    place,
    valueAt,
    ticks: whole.filter((value) => value <= to).map((value) => ({ at: place(value), text: formatLevel(value) })),
  };
}

/** With the ticks of its sides. */
export interface PlotArea extends Scales {
  x: Axis;
  y: Axis;
}

export interface ChartLine extends Series {
  /** the quantity */
  quantity: string;
  /** index */
  run: number;
  /** of its run; null: in grey, for comparison only, or in its own ink */
  slot: number | null;
  ink?: Ink;
  /** at its end; empty: none */
  name: string;
  /** what is written instead, where its name is that of a quantity */
  letters?: Span[];
  dash?: readonly number[];
  strong?: boolean;
  /** nominal pixels */
  width?: number;
  /** about which it stays, where its end and its name stand; the line itself is faint */
  level?: number;
  /** kept off what lies behind it */
  cased?: boolean;
}

/** A chart's lines are thinner than a route on the map, and so are their dashes shorter. */
const SHORTER = 0.62;

/** @returns the dash of a run in a chart */
export const dashOf = (slot: number): number[] => DASHES[slot].map((part) => part * SHORTER);

export const inkOf = ({ slot, ink = slot === null ? "ink3" : runInk(slot) }: ChartLine): Ink => ink;

/** Where a line ends, or leaves the top for good (off), in pixels. */
type LineEnd = { x: number; y: number; off?: boolean };

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
  const [y0, y1] = [Math.floor(step), Math.ceil(step)].map((row) => yOf(area, valueAt(series, row)));
  return Number.isNaN(y1) ? y0 : y0 + (step % 1) * (y1 - y0);
}

/** @returns indices of the first and last value in sight */
const rowsIn = ({ values, first }: Series, [from, to]: Interval): Interval => [
  Math.max(0, from - first),
  Math.min(values.length - 1, to - first),
];

/** All steps. */
export const WHOLE: Interval = [0, Infinity];

/** @returns smallest: above 0 */
export function rangeOf(all: Series[], steps = WHOLE): { least: number; most: number; smallest: number } {
  let [least, most, smallest] = [Infinity, -Infinity, Infinity];
  for (const series of all) {
    const [low, high] = rowsIn(series, steps);
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
  const [low, high] = rowsIn(series, steps);
  const along = Float64Array.from({ length: Math.max(0, high - low + 1) }, (_, k) => countAt(low + k + first, counts));
  return line(along, values.subarray(low, high + 1), style);
}

/** A line is out of sight from this share of the height on. */
export const OUT = 1.02;

/** @param steps  in sight */
export function endOf(area: PlotArea, series: Series & { level?: number }, [from, to]: Interval): LineEnd {
  const { box, y } = area;
  const place = (step: number) => y.place(valueAt(series, step));
  const last = Math.min(to, lastStep(series));
  const x = xOf(area, last, series.counts);
  const { level } = series;
  if (level || !(place(last) > OUT))
    return { x, y: Math.min(box.top + box.height, screenY(area, level ?? valueAt(series, last)) || Infinity) };
  let step = last;
  while (step > from && place(step - 1) > 1) step--;
  if (step === from) return { x: xOf(area, from, series.counts), y: box.top, off: true };
  const [inside, outside, before] = [place(step - 1), place(step), xOf(area, step - 1, series.counts)];
  const share = (1 - inside) / (outside - inside);
  return { x: before + share * (xOf(area, step, series.counts) - before), y: box.top, off: true };
}

/** A line is pointed at within so many pixels. */
const HIT_RADIUS = 20;

/** The line that passes nearest. @returns its index; -1: none */
export const nearestLine = (area: PlotArea, all: Series[], left: number, top: number): number =>
  indexOfNearest(
    all.map((series) => Math.abs(yOf(area, valueAt(series, stepAt(area, left, series.counts))) - top)),
    HIT_RADIUS,
  );

/** Pixels that numbers take at the left of a chart and below it, at a scale of 1. */
export const NUMBERS = { left: 46, bottom: 22 };

const across = (at: number): [number, number][] => [
  [0, at],
  [1, at],
];

/** A number without room at the left is left out. @param gap  nominal pixels from the numbers to the chart */
export const valueSide = ({ box, y }: PlotArea, look: Look, gap: number = 7): GroupMark =>
  group(
    y.ticks.flatMap(({ at, text }) => [
      path(across(at), { crisp: true, stroke: "ink", strokeOpacity: text === "0" ? 0.5 : 0.14 }),
      ...(widthOf(look, text) < box.left - gap * look.scale
        ? [words([0, at], text, { anchor: "end", shift: [-gap, 0] })]
        : []),
    ]),
    { scales: shareScales(box) },
  );

/**
 * @param title  what the steps are called, after their last number where there is room
 * @param right  edge of the chart, in pixels
 */
export function stepSide({ box, x }: PlotArea, look: Look, title: string, right: number): GroupMark {
  const { scale } = look;
  const edge = box.left + box.width;
  const last = x.ticks.at(-1);
  const taken = last ? box.left + last.at * box.width + widthOf(look, last.text) / 2 + 8 * scale : box.left;
  const wide = widthOf(look, title, { weight: 600 });
  const start = Math.max(taken, edge + 10 * scale - wide);
  const ticks = x.ticks.filter(({ text }) => text.trim());
  const marks = [
    path(across(0), { crisp: true, stroke: "ink2" }),
    ...ticks.flatMap(({ at, text }) => [
      shape([at, 0], "M0 0v4", { crisp: true, stroke: "ink2" }),
      words([at, 0], text, { anchor: "middle", shift: [0, 12] }),
    ]),
    start + wide <= right && words([1, 0], title, { weight: 600, fill: "ink", shift: [(start - edge) / scale, 12] }),
  ];
  return group(marks, { scales: shareScales(box) });
}

/** An arrow at the top or bottom, where a line leaves the chart. */
export const exitArrow = ({ y }: PlotArea, x: number, up: boolean, fill: Ink): ShapeMark =>
  shape([x, y.valueAt(up ? 1 : 0)], up ? "M-4 7.5L0 0L4 7.5Z" : "M-4 -7.5L0 0L4 -7.5Z", { fill, of: "exit" });
