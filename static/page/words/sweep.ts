/** What a sweep tells: where a value would end, and from which on runs end above their start or diverge. It knows the values it tried, and no more. */
import { chosen, measured } from "../math/format.ts";
import type { Sweep } from "../state/types.ts";

type Tried = Pick<Sweep, "values" | "loss">;

/** Of the loss at the start: what ends higher by less has not moved. */
const STILL = 1e-9;

const tried = (value: number) => chosen(value, 2);

/** @param place  on the rule, 0 to 1 @returns the index of what was tried nearest to it */
export function nearestTried({ values }: Sweep, place: number, placeOf: (value: number) => number): number {
  const far = values.map((value) => Math.abs(placeOf(value) - place));
  return far.indexOf(Math.min(...far));
}

/** @param start  the loss there @returns whether it ends above its start, or nowhere */
export const endsWorse = (end: number | null, start: number): boolean => end === null || end > start + STILL * Math.abs(start);

/** @param start  the loss there @returns "0.0056 ends at 3.10×10⁻⁵" */
export function endAt({ values, loss }: Tried, index: number, start: number): string {
  const end = loss[index];
  if (end === null) return `${tried(values[index])} diverges`;
  return `${tried(values[index])} ends at ${measured(end)}${endsWorse(end, start) ? ", above its start" : ""}`;
}

/** From a value on everything ends above its start, and from a later one on it diverges. @param first  index */
function edgeFrom({ values, loss }: Tried, first: number) {
  const notYet = `not yet at ${tried(values[first - 1])}`;
  const diverging = loss.findLastIndex((end) => end !== null) + 1;
  if (diverging <= first) return `diverges from ${tried(values[first])}, ${notYet}`;
  const above = `ends above its start from ${tried(values[first])}`;
  return diverging < loss.length ? `${above}, diverges from ${tried(values[diverging])}` : `${above}, ${notYet}`;
}

/** @param start  the loss there @returns from where on it is no good, between which two values that were tried */
export function edgeOf(sweep: Tried, start: number): string {
  const { values, loss } = sweep;
  const worse = loss.filter((end) => endsWorse(end, start));
  const all = worse.every((end) => end === null) ? "diverge" : "end above their start";
  if (worse.length === 0) return `none up to ${tried(values[values.length - 1])} diverges`;
  if (worse.length === loss.length) return `all ${all}`;
  const holds = loss.findLastIndex((end) => !endsWorse(end, start));
  return holds === loss.length - 1 ? `some in between ${all}` : edgeFrom(sweep, holds + 1);
}

/** @returns values tried in each decade */
function perDecade({ values }: Tried): number {
  return Math.round((values.length - 1) / Math.log10(values[values.length - 1] / values[0]));
}

/** @param index  of the value that stands on the rule @param start  the loss there @returns in sentences, to be read out */
export function described(sweep: Tried, index: number, start: number): string {
  return `Of the values tried, ${perDecade(sweep)} in each decade, ${endAt(sweep, index, start)}; ${edgeOf(sweep, start)}.`;
}
