/** The range of a number, for the check and for the words. */
import { formatGrouped } from "../math/format.ts";

export interface Bounds {
  whole?: boolean;
  least?: number;
  /** the lower end, exclusive */
  above?: number;
  most?: number;
  /** the upper end, exclusive */
  below?: number;
}

export function isWithin(
  value: number,
  { whole = false, least = -Infinity, above = -Infinity, most = Infinity, below = Infinity }: Bounds,
): boolean {
  const inside =
    value >= least && (value > above || above === -Infinity) && value <= most && (value < below || below === Infinity);
  return inside && (!whole || Number.isInteger(value));
}

/** @returns such as "a whole number from 1 to 100,000" */
export function inRangeWords({ whole = false, least, above, most, below }: Bounds): string {
  const from =
    least !== undefined ? ` from ${formatGrouped(least)}` : above !== undefined ? ` above ${formatGrouped(above)}` : "";
  const to =
    most !== undefined ? ` to ${formatGrouped(most)}` : below !== undefined ? ` to below ${formatGrouped(below)}` : "";
  return `a ${whole ? "whole " : ""}number${from}${to}`;
}
