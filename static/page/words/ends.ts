/** Where runs from each start end, in words. */

import { DIVERGED, ELSEWHERE, endLetter } from "../math/endLooks.ts";
import { formatExact, formatGrouped, formatPlace } from "../math/format.ts";
import type { Ends } from "../state/types.ts";

/** @returns such as "30.0 %", with a space that does not break */
export const percent = (share: number): string => `${(100 * share).toFixed(1)}\u00a0%`;

/** A row of the table. */
export interface EndRow {
  /** the index of a minimum, ELSEWHERE or DIVERGED; null: several minima */
  end: number | null;
  name: string;
  where: string;
  share: number;
}

/** So many minima have a row each. */
const MOST_ROWS = 8;

/** @returns the minima where most starts end, in the order of their letters, then the other ends */
export function endRows({ minima, shares, elsewhere, diverged }: Ends): EndRow[] {
  const largest = [...minima.keys()].sort((a, b) => shares[b] - shares[a]).slice(0, MOST_ROWS);
  const rows = largest
    .sort((a, b) => a - b)
    .map((end) => ({ end, name: endLetter(end), where: formatPlace(minima[end].slice(0, -1), 3), share: shares[end] }));
  const others = shares.reduce((sum, share, end) => (largest.includes(end) ? sum : sum + share), 0);
  const countOfOthers = minima.length - largest.length;
  return [
    ...rows,
    ...(countOfOthers ? [{ end: null, name: "", where: `in ${countOfOthers} other minima`, share: others }] : []),
    ...(elsewhere ? [{ end: ELSEWHERE, name: "", where: "in none yet", share: elsewhere }] : []),
    { end: DIVERGED, name: "", where: "flies off", share: diverged },
  ];
}

/** @returns the share of neighbouring starts that end apart */
function shareApart({ x, y, end }: Ends): number {
  let [differing, pairs] = [0, 0];
  const [columns, rows] = [x.length, y?.length ?? 1];
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      const k = j * columns + i;
      if (i + 1 < columns) [differing, pairs] = [differing + Number(end[k] !== end[k + 1]), pairs + 1];
      if (j + 1 < rows) [differing, pairs] = [differing + Number(end[k] !== end[k + columns]), pairs + 1];
    }
  return differing / pairs;
}

/** From this share on borders are everywhere. */
const INTERLEAVED = 0.1;

function endsWords({ minima, shares, diverged }: Ends): string {
  const reached = shares.filter((share) => share > 0).length;
  const [most, largest] = [endLetter(shares.indexOf(Math.max(...shares))), percent(Math.max(...shares))];
  if (diverged === 1) return "every start flies off.";
  if (!reached) return "no start ends next to a minimum within its steps.";
  if (reached > 1)
    return `the starts end in ${reached} of ${minima.length} minima, the largest share, ${largest}, at ${most}.`;
  return shares.includes(1) ? `every start ends at ${most}.` : `${largest} of the starts end at ${most}.`;
}

/** How finely the regions of the ends interleave. */
function bordersWords(ends: Ends): string {
  const [share, { x }] = [shareApart(ends), ends];
  if (!share) return "";
  const distance = formatExact((x[x.length - 1] - x[0]) / (x.length - 1), 2);
  const so =
    share < INTERLEAVED ? "only on a border does a small move change the end" : "a small move may change the end";
  return ` Of two starts side by side, ${distance} apart, ${percent(share)} of the pairs end apart: ${so}.`;
}

/**
 * @param rate  the learning rate of all these runs
 * @param endOfRun  the index of the minimum next to which the run itself ends; null: next to none
 */
export function endsSentence(ends: Ends, rate: number, endOfRun: number | null): string {
  const { diverged } = ends;
  const off = diverged > 0 && diverged < 1 ? ` ${percent(diverged)} fly off.` : "";
  const here = endOfRun === null ? "" : ` This run ends at ${endLetter(endOfRun)}.`;
  return `With rate ${formatExact(rate)} ${endsWords(ends)}${off}${bordersWords(ends)}${here}`;
}

/** @returns such as "256 × 256 starts" */
export const startsWords = ({ x, y }: Ends): string =>
  y ? `${x.length} × ${y.length} starts` : `${formatGrouped(x.length)} starts`;

/** @param parameters  their names @returns such as "256 × 256 starts, evenly over x from −6 to 6 and y from −6 to 6" */
export function gridOfStartsWords(ends: Ends, parameters: string[]): string {
  const ranges = [ends.x, ...(ends.y ? [ends.y] : [])].map(
    (values, k) => `${parameters[k]} from ${formatExact(values[0], 3)} to ${formatExact(values[values.length - 1], 3)}`,
  );
  return `${startsWords(ends)}, evenly over ${ranges.join(" and ")}`;
}

/** @param parameters  their names @returns a table as CSV, with a row for each start */
export function endsTable({ x, y, end, steps, minima }: Ends, parameters: string[]): string {
  const heads = [...parameters, "end", ...parameters.map((name) => `end_${name}`), "loss", "steps"];
  const nowhere = Array(parameters.length + 1).fill("");
  const lines = Array.from(end, (index, k) => {
    const start = [x[k % x.length], ...(y ? [y[Math.floor(k / x.length)]] : [])];
    const name = index === DIVERGED ? "diverged" : index === ELSEWHERE ? "none" : endLetter(index);
    return [...start, name, ...(minima[index] ?? nowhere), steps[k]].join(",");
  });
  return `${[heads.join(","), ...lines].join("\r\n")}\r\n`;
}
