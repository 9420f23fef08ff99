/** The scales of a chart. */
import { evenScale, type Scale } from "../../marks/scales.ts";
import { formatLevel, formatMeasured, formatTick, superscript } from "../../math/format.ts";
import { multiples, niceStep } from "../../math/scales.ts";
import type { Series } from "../../math/series.ts";
import type { Interval } from "../../state/types.ts";
import { rangeOf } from "./lines.ts";

/** at: 0 to 1 */
export type Tick = { at: number; text: string };

export interface Axis extends Scale {
  ticks: Tick[];
  /** what is taken off a value before its logarithm */
  base?: number;
}

/** What is always positive and spans more than this is drawn by its logarithm. */
const WIDE = 40;
/** Decades on one chart of quantities, at the most. */
const DECADES = 16;
/** Decades from one number to the next. */
const EVERY = [1, 2, 3, 4, 5, 6, 8, 10, 20, 40, 100];
/** What varies by less than this share of itself is as good as constant: its axis begins at 0. */
const STILL = 0.02;

export const power = (exponent: number) =>
  exponent >= -3 && exponent <= 4 ? String(Number(`1e${exponent}`)) : `10${superscript(exponent)}`;

/** Between two ticks. @param room  ticks that fit */
const stepOf = ([low, high]: Interval, room: number) => niceStep((high - low) / Math.max(2, room));

/** @param room  ticks that fit @param whole  from one tick to another */
export function evenAxis(ends: Interval, room: number, whole: boolean = false): Axis {
  const step = stepOf(ends, room);
  const [low, high] = ends;
  const shown: Interval = whole ? [Math.floor(low / step) * step, Math.ceil(high / step) * step] : ends;
  const { place, valueAt } = evenScale(...shown);
  return {
    place,
    valueAt,
    ticks: multiples(...shown, step).map((value) => ({ at: place(value), text: formatTick(value, step) })),
  };
}

/** @param ends  above 0 @param room  ticks that fit */
export function logAxis([low, high]: Interval, room: number): Axis {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const { place: placeOf, valueAt } = evenScale(from, to);
  const place = (value: number) => (value > 0 ? placeOf(Math.log10(value)) : NaN);
  const possible = EVERY.map((every) => multiples(from, to, every)).filter(({ length }) => length > 1);
  const exponents = possible.find(({ length }) => length <= room) ?? possible.at(-1);
  const powers = exponents?.map((exponent) => ({ at: placeOf(exponent), text: power(exponent) }));
  return {
    place,
    valueAt: (share) => 10 ** valueAt(share),
    ticks: powers ?? roundTicks([low, high], place, room),
  };
}

/** Less than two powers of ten in sight: 1, 2, 5, or as many of these as there is room for. */
function roundTicks([low, high]: Interval, place: (value: number) => number, room: number): Tick[] {
  const exponents = multiples(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)), 1);
  const values = exponents
    .flatMap((exponent) => [1, 2, 5].map((digit) => digit * 10 ** exponent))
    .filter((value) => value >= low && value <= high);
  const every = Math.ceil(values.length / Math.max(2, room));
  return values
    .filter((_, k) => k % every === 0)
    .map((value) => ({ at: place(value), text: formatMeasured(value, 1) }));
}

/** @returns with some room at both ends */
function spanOf(least: number, most: number): Interval {
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (most - least <= STILL * size) return size === 0 ? [-1, 1] : [Math.min(0, 1.25 * least), Math.max(0, 1.25 * most)];
  const room = 0.06 * (most - least);
  return [least - room, most + room];
}

/**
 * Of quantities.
 * @param steps  in sight
 * @param height  in pixels
 * @param log  by the logarithm, where any is above 0; otherwise where they span much
 */
export function valueAxis(all: Series[], steps: Interval, height: number, log: boolean = false): Axis {
  const { least, most, smallest } = rangeOf(all, steps);
  const room = Math.max(3, Math.floor(height / 28));
  if (!Number.isFinite(least)) return evenAxis([0, 1], room);
  if (log ? smallest === Infinity || most === smallest : least < 0 || most / smallest <= WIDE)
    return evenAxis(spanOf(least, most), room);
  const high = most * 10 ** 0.05;
  return logAxis([Math.max(smallest / 10 ** 0.05, high / 10 ** DECADES), high], room);
}

/** @returns the values at both ends */
export const endsOf = ({ valueAt }: Axis): Interval => [valueAt(0), valueAt(1)];

/** Of what is counted. @param width  in pixels */
export function countAxis([from, to]: Interval, width: number): Axis {
  const shown: Interval = [from, Math.max(to, from + 1)];
  const { place, valueAt } = evenScale(...shown);
  const whole = multiples(...shown, Math.max(1, stepOf(shown, width / 52)));
  return {
    place,
    valueAt,
    ticks: whole.filter((value) => value <= to).map((value) => ({ at: place(value), text: formatLevel(value) })),
  };
}
