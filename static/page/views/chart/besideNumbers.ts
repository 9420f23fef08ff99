/** Room below a chart for numbers that are no ticks of its axis. */

import type { Axis, Tick } from "./axes.ts";

/** Nominal pixels from a number of an axis to one of its own, to which it makes way. */
const APART = 30;

/** @param own  numbers that stand there besides @param width  nominal pixels @returns with room for these */
export function besideNumbers(axis: Axis, own: Tick[], width: number): Axis {
  const free = axis.ticks.filter((tick) => own.every(({ at }) => Math.abs(at - tick.at) * width > APART));
  const ticks = [...free, ...own.map(({ at, text }) => ({ at, text: "\u2007".repeat(text.length) }))];
  return { ...axis, ticks: ticks.sort((one, other) => one.at - other.at) };
}
