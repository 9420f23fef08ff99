/** A contest in sentences: what is asked, what came of it, how one's own stands. */

import { formatExact, formatGrouped, formatMeasured, formatPlace } from "../math/format.ts";
import { counted, listed } from "../math/text.ts";
import { type Contest, type ContestEntry, type ContestValues, OPTIMIZER, START } from "../state/contest.ts";

const plain = (name: string) => name.replaceAll("_", " ");

/** What is set, in the words of a question. */
export const settingWord = (name: string): string => (name === "learning_rate" ? "rate" : plain(name));

/** @param optimizer  its name */
export function contestQuestion({ sets, counts }: Contest, optimizer: string): string {
  const { lowest_loss_after: steps, fewest_steps_to: loss } = counts;
  const what = `Which ${listed(sets.map(settingWord))}`;
  const after = steps === undefined ? "" : counted(steps, "step", formatGrouped);
  const to = loss === undefined ? "" : formatExact(loss);
  if (sets.includes(OPTIMIZER)) return after ? `${what} ends lowest after ${after}?` : `${what} is at ${to} first?`;
  const bring = sets.length > 1 ? "bring" : "brings";
  return `${what} ${bring} ${optimizer} ${after ? `lowest in ${after}` : `to ${to} first`}?`;
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

const valueWordsOf = (value: ContestValues[string]): string =>
  typeof value === "number" ? formatExact(value) : typeof value === "string" ? value : formatPlace(value);

/**
 * An optimizer and a place say by themselves what they are.
 * @param label  of an optimizer @param named  numbers are, as there are several
 */
export function handedWords(
  { values }: Pick<ContestEntry, "values">,
  label: (name: string) => string,
  named = Object.keys(values).length > 1,
): string {
  const all = Object.entries(values);
  return all
    .map(([name, value]) =>
      name === OPTIMIZER
        ? label(value as string)
        : !named
          ? valueWordsOf(value)
          : `${name === START ? "from" : settingWord(name)} ${valueWordsOf(value)}`,
    )
    .join(", ");
}

/** How many times another value it is, where that is worth a word. */
function timesWords(value: number, usual: number): string {
  const times = value / usual;
  const share = times < 1 && times > 0.1;
  if (times >= 1.5 || (share && times <= 1 / 1.5))
    return `, ${formatGrouped(Number(times.toPrecision(2)))} times the default`;
  return times <= 1 / 1.5 ? `, a ${formatGrouped(Number((1 / times).toPrecision(2)))}th of the default` : "";
}

/**
 * At its end.
 * @param best  what the best of the entries set, in words; empty: nobody got there
 * @param result  what came of it, in words @param lowest  of the curve; null: there is none
 * @param usual  the default @param held  what else was set, as the curve has it, in words
 * @returns what stands first, and what stands out
 */
export function contestEnd(
  best: string,
  { result, lowest, usual, held }: { result: string; lowest: number | null; usual: number; held: string },
): [string, string] {
  const told = lowest && Number(lowest.toPrecision(3));
  const found = best ? `The class found ${best}${told ? "" : `, which ${result}`}.` : "Nobody got there.";
  const curve = told && `${formatExact(told)}${timesWords(told, usual)}.`;
  return [found, curve ? `The curve’s lowest${held ? `, with ${held},` : ""} is ${curve}` : ""];
}

/** @param handed  what was set, in words */
export function standingWords(contest: Contest, own: ContestEntry, handed: string): [string, string] {
  const { open, handed_in: count } = contest;
  const place = own.place === null ? `It ${resultWords(contest, null)}.` : `Place ${own.place} of ${count}.`;
  return [`Handed in: ${handed}.`, open ? `${place} Another one replaces it.` : place];
}
