/** An exhaustive search in words: its grid, and what it costs. */
import { formatExact, formatGrouped, formatMeasured } from "../math/format.ts";
import { VALUES } from "../resources/search.ts";
import type { Landscape } from "../state/types.ts";

/** @returns such as "101 values of x, from −5 to 5, 0.1 apart" */
export function gridWords(parameters: string[], { window }: Landscape): string {
  const axes = window.map(([low, high], k) => {
    const spacing = formatExact((high - low) / (VALUES - 1), 3);
    return `${parameters[k]}, from ${formatExact(low, 4)} to ${formatExact(high, 4)}, ${spacing} apart`;
  });
  return axes.map((axis, k) => `${VALUES} ${k ? "" : "values "}of ${axis}`).join("; for each ");
}

/** @returns losses of a search over so many parameters */
export function costWords(parameters: number): string {
  const cost = VALUES ** parameters;
  return cost < 1e9 ? formatGrouped(cost) : formatMeasured(cost);
}
