/** Says in one sentence whether lines rise or fall. */

import type { Series } from "../math/series.ts";
import { listInWords, possessive } from "../math/text.ts";

type Trend = "falls" | "rises" | "turns up" | "turns down" | "falls first" | "rises first" | "stays";

/** Changes below this share of the values are rounding. */
const ROUNDING = 1e-9;

/** The trends in the order of the sentence, with the words for one line and for several. */
const WORDS: [Trend, string, string][] = [
  ["falls", "only falls", "only fall"],
  ["rises", "only rises", "only rise"],
  ["turns up", "first falls, then rises", "first fall, then rise"],
  ["turns down", "first rises, then falls", "first rise, then fall"],
  ["falls first", "falls and rises", "fall and rise"],
  ["rises first", "rises and falls", "rise and fall"],
  ["stays", "stays as it is", "stay as they are"],
];

/** @param steps  the first and the last step */
export function trendOf(series: Series, steps: [number, number]): Trend {
  const ways = directionsInTurn(series, steps);
  if (ways.length === 0) return "stays";
  const up = ways[0] > 0;
  if (ways.length === 1) return up ? "rises" : "falls";
  return ways.length === 2 ? (up ? "turns down" : "turns up") : up ? "rises first" : "falls first";
}

/** The directions of a line in turn. @returns 1 and -1 */
function directionsInTurn({ values, first }: Series, [from, to]: [number, number]): number[] {
  const ways: number[] = [];
  let before = NaN;
  for (let k = Math.max(0, from - first); k <= Math.min(values.length - 1, to - first); k++) {
    const change = values[k] - before;
    if (Math.abs(change) > ROUNDING * Math.abs(values[k]) && Math.sign(change) !== ways.at(-1))
      ways.push(Math.sign(change));
    if (Number.isFinite(values[k])) before = values[k];
  }
  return ways;
}

/** @returns such as "AdaGrad’s only falls, RMSProp’s and Adam’s first fall, then rise." */
export function trendWords(lines: { name: string; trend: Trend }[]): string {
  const parts = WORDS.flatMap(([trend, singular, several]) => {
    const names = lines.filter((line) => line.trend === trend).map(({ name }) => possessive(name));
    return names.length ? [`${listInWords(names)} ${names.length > 1 ? several : singular}`] : [];
  });
  return parts.length ? `${parts.join(", ")}.` : "";
}

/** @param names  of runs whose rule multiplies no direction by a rate */
export function noRateWords(names: string[]): string {
  if (!names.length) return "";
  const none = names.length > 1 ? "have none: their steps are" : "has none: its step is";
  return `${listInWords(names)} ${none} not a rate times a direction.`;
}
