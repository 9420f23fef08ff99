/** The scales of a chart against step. */
import { levelText, measured, onScale, raised } from "../../math/format.ts";
import { multiples, niceStep } from "../../math/scales.ts";
import { rangeOf } from "./curves.ts";
import type { Series } from "./curves.ts";

type Interval = [number, number];
/** at: 0 to 1 */
type Tick = { at: number; text: string };

export interface Axis {
  log: boolean;
  /** 0 to 1 from end to end; NaN where it cannot be placed */
  place: (value: number) => number;
  ticks: Tick[];
}

/** What is always positive and spans more than this is drawn by its logarithm. */
const WIDE = 40;
/** Decades on one chart, at the most, and from one figure to the next. */
const DECADES = 16;
const EVERY = [1, 2, 3, 4, 5, 8];
/** What moves by less than this share of itself is as good as constant, and stands above 0 rather than under a glass. */
const STILL = 0.02;

const power = (exponent: number) => (exponent >= -2 && exponent <= 3 ? String(Number(`1e${exponent}`)) : `10${raised(exponent)}`);

/** @param room  ticks that fit */
function logAxis(smallest: number, most: number, room: number): Axis {
  const high = Math.log10(most) + 0.05;
  const low = Math.max(Math.log10(smallest) - 0.05, high - DECADES);
  const place = (value: number) => (value > 0 ? (Math.log10(value) - low) / (high - low) : NaN);
  const possible = EVERY.map((every) => multiples(low, high, every)).filter(({ length }) => length > 1);
  const exponents = possible.find(({ length }) => length <= room) ?? possible.at(-1);
  const ticks = exponents ? exponents.map((e) => ({ at: (e - low) / (high - low), text: power(e) })) : between(low, high);
  return { log: true, place, ticks };
}

/** Less than two powers of ten in sight: 1, 2, 5. */
function between(low: number, high: number): Tick[] {
  const exponents = multiples(Math.floor(low), Math.ceil(high), 1);
  const values = exponents.flatMap((e) => [1, 2, 5].map((digit) => digit * 10 ** e));
  return values.map((value) => ({ at: (Math.log10(value) - low) / (high - low), text: measured(value, 1) })).filter(({ at }) => at >= 0 && at <= 1);
}

/** @returns with some room at both ends */
function spanOf(least: number, most: number): Interval {
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (most - least <= STILL * size) return size === 0 ? [-1, 1] : [Math.min(0, 1.25 * least), Math.max(0, 1.25 * most)];
  const room = 0.06 * (most - least);
  return [least - room, most + room];
}

/** @param room  ticks that fit */
export function evenAxis([low, high]: Interval, room: number): Axis {
  const step = niceStep((high - low) / room);
  const place = (value: number) => (value - low) / (high - low);
  return { log: false, place, ticks: multiples(low, high, step).map((value) => ({ at: place(value), text: onScale(value, step) })) };
}

/**
 * @param steps  in sight
 * @param height  in pixels
 */
export function valueAxis(all: Series[], steps: Interval, height: number): Axis {
  const { least, most, smallest } = rangeOf(all, steps);
  const room = Math.max(3, Math.floor(height / 28));
  if (!Number.isFinite(least)) return evenAxis([0, 1], room);
  return least >= 0 && most / smallest > WIDE ? logAxis(smallest, most, room) : evenAxis(spanOf(least, most), room);
}

export function stepAxis([from, to]: Interval, width: number): Axis {
  const room = Math.max(2, Math.floor(width / 64));
  const step = Math.max(1, niceStep((to - from) / room));
  const place = (value: number) => (value - from) / (to - from || 1);
  return { log: false, place, ticks: multiples(from, to, step).map((value) => ({ at: place(value), text: levelText(value) })) };
}
