/** Sentences of a contest: its question, its result, and the place of one's own entry. */

import { formatExact, formatGrouped, formatMeasured, formatPlace } from "../math/format.ts";
import { countInWords, listInWords } from "../math/text.ts";
import { type Contest, type ContestEntry, type ContestValues, countsLoss, OPTIMIZER, START } from "../state/contest.ts";

const plain = (name: string) => name.replaceAll("_", " ");

/** The name of a hyperparameter in the question. */
export const settingWord = (name: string): string => (name === "learning_rate" ? "rate" : plain(name));

/** @param optimizer  the name of the optimizer */
export function contestQuestion({ sets, counts }: Contest, optimizer: string): string {
  const { lowest_loss_after: steps, fewest_steps_to: loss } = counts;
  const what = `Which ${listInWords(sets.map(settingWord))}`;
  const after = steps === undefined ? "" : countInWords(steps, "step", formatGrouped);
  const to = loss === undefined ? "" : formatExact(loss);
  if (sets.includes(OPTIMIZER)) return after ? `${what} ends lowest after ${after}?` : `${what} is at ${to} first?`;
  const bring = sets.length > 1 ? "bring" : "brings";
  return `${what} ${bring} ${optimizer} ${after ? `lowest in ${after}` : `to ${to} first`}?`;
}

/** @param place  the name of the problem */
export const contestInstruction = (place: string, start: number[] | null): string =>
  `${place}${start ? `, from ${formatPlace(start)}` : ""}. Try on your phone, then hand one in: the server runs it.`;

/** The title of the axis of results. */
export const countsTitle = ({ counts }: Contest): string =>
  counts.lowest_loss_after === undefined
    ? `steps to ${formatExact(counts.fewest_steps_to as number)}`
    : `loss after ${countInWords(counts.lowest_loss_after, "step", formatGrouped)}`;

/** @returns such as "ends at loss 0.12", "is there after 31 steps" */
export function resultWords(contest: Contest, result: number | null): string {
  if (!countsLoss(contest))
    return result === null ? "is never there" : `is there after ${countInWords(result, "step", formatGrouped)}`;
  return result === null ? "diverges" : `ends at loss ${formatMeasured(result, 2)}`;
}

const valueWordsOf = (value: ContestValues[string]): string =>
  typeof value === "number" ? formatExact(value) : typeof value === "string" ? value : formatPlace(value);

/**
 * @param label  names an optimizer @param named  whether numbers have their names, as where there are several;
 * optimizers and places need none
 */
export function entryWords(
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

/** @returns how many times the usual value it is; empty where they are close */
function timesWords(value: number, usual: number): string {
  const times = value / usual;
  const share = times < 1 && times > 0.1;
  if (times >= 1.5 || (share && times <= 1 / 1.5))
    return `, ${formatGrouped(Number(times.toPrecision(2)))} times the default`;
  return times <= 1 / 1.5 ? `, a ${formatGrouped(Number((1 / times).toPrecision(2)))}th of the default` : "";
}

/**
 * The result of a contest that has closed.
 * @param best  the values of the best entry, in words; empty: nobody got there
 * @param result  its result, in words
 * @param lowest  the value at the lowest point of the curve; null: there is no curve
 * @param usual  the default of the value
 * @param held  the other values with which the curve was computed, in words
 * @returns the first sentence, and the emphasised one
 */
export function contestEnd(
  best: string,
  { result, lowest, usual, held }: { result: string; lowest: number | null; usual: number; held: string },
): [string, string] {
  const rounded = lowest && Number(lowest.toPrecision(3));
  const bestSentence = best ? `The class found ${best}${rounded ? "" : `, which ${result}`}.` : "Nobody got there.";
  const curve = rounded && `${formatExact(rounded)}${timesWords(rounded, usual)}.`;
  return [bestSentence, curve ? `The curve’s lowest${held ? `, with ${held},` : ""} is ${curve}` : ""];
}

/** @param handed  the values of the entry, in words */
export function standingWords(contest: Contest, entry: ContestEntry, handed: string): [string, string] {
  const { open, handed_in: count } = contest;
  const place = entry.place === null ? `It ${resultWords(contest, null)}.` : `Place ${entry.place} of ${count}.`;
  return [`Handed in: ${handed}.`, open ? `${place} Another one replaces it.` : place];
}
