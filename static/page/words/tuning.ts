/** The result of a search for hyperparameters, in words. */

import { formatExact, formatGrouped, formatMeasured, superscript } from "../math/format.ts";
import { symbol } from "../math/text.ts";

const DIGITS = 4;
const counted = (count: number) => (Number.isInteger(count) ? formatGrouped(count) : formatMeasured(count));

/** @returns such as "rate 0.098, β 0.68" */
export const valuesWords = (values: Record<string, number>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name === "learning_rate" ? "rate" : symbol(name)}\u00a0${formatExact(value, DIGITS)}`)
    .join(", ");

/** @returns such as "0.053 to 0.1" */
export const rangeWords = ([low, high]: [number, number]): string =>
  low === high ? formatMeasured(low, 2) : `${formatMeasured(low, 2)} to ${formatMeasured(high, 2)}`;

/** @returns such as "10⁻⁵" for a power of ten */
export const powerWords = (value: number): string => {
  const power = Math.round(Math.log10(value));
  return Math.abs(power) < 3 ? formatExact(value) : `10${superscript(power)}`;
};

/** @returns what the small chart shows */
export function curveWords(name: string, evaluations: number | null, good: [number, number] | null): string {
  if (evaluations === null || !good) return `${name}: it gets there at no rate tried`;
  const best = `${name}: ${counted(evaluations)} gradients at its best`;
  return `${best}, at most twice as many at rates from ${rangeWords(good)}`;
}

/**
 * @param runs  the number of runs tried @param steps  the limit of steps of each @param seeds  the number of seeds over
 * which the median is taken
 */
export function triedWords(runs: number, steps: number, seeds: number): string {
  const ofSeeds = seeds > 1 ? `, the median of ${seeds} seeds counts` : "";
  return `${formatGrouped(runs)} tries, each of ${formatGrouped(steps)} steps at the most${ofSeeds}.`;
}
