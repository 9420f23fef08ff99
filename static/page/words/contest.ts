/** A contest in sentences: what is asked, what came of it, how one's own stands. */

import { formatExact, formatGrouped, formatMeasured, formatPlace } from "../math/format.ts";
import { counted, listed } from "../math/text.ts";
import type { Contest, ContestEntry } from "../state/contest.ts";

const plain = (name: string) => name.replaceAll("_", " ");

const setsWords = (sets: string[]) => listed(sets.map((name) => (name === "learning_rate" ? "rate" : plain(name))));

/** @param optimizer  its name */
export function contestQuestion({ sets, counts }: Contest, optimizer: string): string {
  const what = `Which ${setsWords(sets)}`;
  if (counts.lowest_loss_after !== undefined)
    return `${what} brings ${optimizer} lowest in ${counted(counts.lowest_loss_after, "step", formatGrouped)}?`;
  return `${what} brings ${optimizer} to ${formatExact(counts.fewest_steps_to as number)} first?`;
}

/** @param place  its name */
export const contestPlace = (place: string, start: number[] | null): string =>
  `${place}${start ? `, from ${formatPlace(start)}` : ""}. Try on your phone, then hand one in: the server runs it.`;

/** What is counted, along the axis of it. */
export const countsTitle = ({ counts }: Contest): string =>
  counts.lowest_loss_after === undefined
    ? `steps to ${formatExact(counts.fewest_steps_to as number)}`
    : `loss after ${counted(counts.lowest_loss_after, "step", formatGrouped)}`;

/** "ends at loss 0.12", "is there after 31 steps" */
export function resultWords({ counts }: Contest, result: number | null): string {
  if (counts.lowest_loss_after === undefined)
    return result === null ? "is never there" : `is there after ${counted(result, "step", formatGrouped)}`;
  return result === null ? "diverges" : `ends at loss ${formatMeasured(result, 2)}`;
}

export const handedWords = ({ values }: Pick<ContestEntry, "values">): string => {
  const all = Object.entries(values);
  return all.length === 1
    ? formatExact(all[0][1])
    : all.map(([name, value]) => `${plain(name)} ${formatExact(value)}`).join(", ");
};

/** How many times another value it is, where that is worth a word. */
function timesWords(value: number, usual: number): string {
  const times = value / usual;
  if (times >= 1.5) return `, ${formatGrouped(Number(times.toPrecision(2)))} times the default`;
  return times <= 1 / 1.5 ? `, a ${formatGrouped(Number((1 / times).toPrecision(2)))}th of the default` : "";
}

/**
 * At its end.
 * @param best  of the entries @param lowest  of the curve @param usual  the default
 * @returns what stands first, and what stands out
 */
export function contestEnd(best: ContestEntry | null, lowest: number | null, usual: number): [string, string] {
  const found = best ? `The class found ${handedWords(best)}.` : "Nobody got there.";
  const told = lowest && Number(lowest.toPrecision(3));
  return [found, told ? `The curve’s lowest is ${formatExact(told)}${timesWords(told, usual)}.` : ""];
}

/** @param count  how many have handed in */
export function standingWords(contest: Contest, own: ContestEntry): [string, string] {
  const { open, handed_in: count } = contest;
  const place = own.place === null ? `It ${resultWords(contest, null)}.` : `Place ${own.place} of ${count}.`;
  return [`Handed in: ${handedWords(own)}.`, open ? `${place} Another one replaces it.` : place];
}
