/** Sentences about the guesses of a class once the right answer is known, and about how one's own compares. */

import { formatExact, formatMeasured } from "../math/format.ts";
import { countInWords, listInWords } from "../math/text.ts";
import {
  answerDistance,
  countFarther,
  countsByChoice,
  countWithin,
  middleGuess,
  nearDistance,
} from "../state/guesses.ts";
import type { Answer, Guesses, QuestionKind } from "../state/types.ts";

/** The names and values that the sentences use. */
export interface GuessesNamed {
  /** the names of runs or options */
  names: string[];
  /** the value of each, in words; empty: none is given */
  values?: string[];
  /** where the other runs end */
  ends?: { name: string; at: number[] }[];
  /** the widths of the map in each parameter */
  spans?: number[];
}

/** strong: how many were right, or how far off the middle is; more: a sentence that follows */
type GuessesSentences = { strong: string; more: string };

type KnownGuesses = Guesses & { truth: Answer };

const middleName = (entries: Answer[]) => (entries.length === 1 ? "The only guess" : "The middle guess");

/** @param whole  the number of guesses */
function shareWords(count: number, whole: number): string {
  if (whole === 1) return count ? "The only one who answered said so." : "The only one who answered said otherwise.";
  if (count === whole) return `All ${whole} said so.`;
  return count ? `${count} of ${whole} said so.` : `None of ${whole} said so.`;
}

/** The choice of most, where it is wrong. */
function mostWords({ kind, entries, choices, truth }: KnownGuesses, { names, values }: GuessesNamed): string {
  const counts = countsByChoice(entries, choices ?? names.length);
  const most = Math.max(...counts);
  const chosen = counts.flatMap((count, k) => (count === most ? [k] : []));
  if (entries.length < 2 || chosen.includes(truth as number)) return "";
  const chosenNames = chosen.map((k) => nameOfChoice(kind, names[k]));
  if (chosen.length > 1) return `${listInWords(chosenNames)} were chosen by ${most} each.`;
  const value = values?.[chosen[0]];
  return `${most} of ${entries.length} chose ${chosenNames[0]}${value ? `: ${value}` : ""}.`;
}

function choicesWords(guesses: KnownGuesses, named: GuessesNamed): GuessesSentences {
  const { entries, truth, again } = guesses;
  const rights = (all: Answer[]) => all.filter((entry) => entry === truth).length;
  const before = again?.length ? `Before, ${rights(again)} of ${again.length} did.` : "";
  return {
    strong: shareWords(rights(entries), entries.length),
    more: [before, mostWords(guesses, named)].filter(Boolean).join(" "),
  };
}

/** How many guessed near the right place, and near the end of another run. */
function nearWords({ entries, truth }: KnownGuesses, { ends = [], spans = [1] }: GuessesNamed): string {
  if (entries.length < 2) return "";
  const reach = nearDistance(truth, spans);
  const near = countWithin(entries, truth, reach);
  const others = ends
    .filter(({ at }) => answerDistance(at, truth) > reach)
    .map(({ name, at }) => ({ name, count: countWithin(entries, at, reach) }))
    .sort((a, b) => b.count - a.count);
  const other = others[0]?.count
    ? `, and ${others[0].count} within ${formatExact(reach)} of where ${others[0].name} ends`
    : "";
  const nearPhrase = `${near || "none"} ${near > 1 ? "stand" : "stands"} within ${formatExact(reach)} of it`;
  return `Of ${entries.length} flags ${nearPhrase}${other}.`;
}

function placesWords(guesses: KnownGuesses, named: GuessesNamed): GuessesSentences {
  const { entries, truth, again } = guesses;
  const off = (all: Answer[]) => formatMeasured(answerDistance(middleGuess(guesses, all) as Answer, truth), 2);
  const before = again?.length ? `Before, it was ${off(again)} off.` : "";
  return {
    strong: `${middleName(entries)} is ${off(entries)} off.`,
    more: [before, nearWords(guesses, named)].filter(Boolean).join(" "),
  };
}

/** @param too  what a guess below, and above, what is right is too much @returns such as "100: 78 too few" */
function besideTruth(guess: number, truth: number, too: [string, string]): string {
  const off = guess - truth;
  if (off === 0) return `${formatExact(guess)}, exactly that`;
  return `${formatExact(guess)}: ${formatExact(Math.abs(off), 3)} too ${too[off < 0 ? 0 : 1]}`;
}

/** @param finest  the least distance between two numbers */
function numbersWords(guesses: KnownGuesses, too: [string, string], finest: number): GuessesSentences {
  const { entries, truth, again } = guesses;
  const [middle, right] = [middleGuess(guesses, entries) as number, truth as number];
  const reach = Math.max(finest, nearDistance(truth, []));
  const near = countWithin(entries, truth, reach);
  const less = middle < right;
  const beyond = (entries as number[]).filter((entry) => (less ? entry < right : entry > right)).length;
  const side = middle === right ? "" : `, ${beyond} said ${less ? "less" : "more"}`;
  const those = `${near || "None"} of ${entries.length} ${near > 1 ? "are" : "is"}`;
  const nearSentence = `${those} within ${formatExact(reach)} of it${side}.`;
  const before = again?.length ? `Before, the middle was ${formatExact(middleGuess(guesses, again) as number)}.` : "";
  return {
    strong: `${middleName(entries)} is ${besideTruth(middle, right, too)}.`,
    more: [before, entries.length > 1 ? nearSentence : ""].filter(Boolean).join(" "),
  };
}

/** An answer that is more or less far off: its name, the only one and many in a sentence, and by how much. */
interface AnswerWords {
  name: string;
  only: string;
  many: string;
  off: (distance: number) => string;
}

const FLAG: AnswerWords = {
  name: "flag",
  only: "only flag stands",
  many: "flags stand",
  off: (distance) => formatMeasured(distance, 2),
};
const NUMBER: AnswerWords = {
  name: "guess",
  only: "only guess is",
  many: "guesses are",
  off: (distance) => formatExact(distance, 3),
};

interface ClassWords {
  /** about all answers */
  all: (guesses: KnownGuesses, named: GuessesNamed) => GuessesSentences;
  /** null: one of several is chosen */
  answer: AnswerWords | null;
  /** what is chosen stands within quotation marks */
  quoted?: boolean;
}

const WORDS: Record<QuestionKind, ClassWords> = {
  place: { all: placesWords, answer: FLAG },
  step: { all: (guesses) => numbersWords(guesses, ["few", "many"], 1), answer: NUMBER },
  run: { all: choicesWords, answer: null },
  choice: { all: choicesWords, answer: null, quoted: true },
};

const nameOfChoice = (kind: QuestionKind, name: string) => (WORDS[kind].quoted ? `“${name}”` : name);

/** @returns the sentences about all guesses */
export function guessesWords(guesses: Guesses, named: GuessesNamed): GuessesSentences {
  const { kind, entries, truth } = guesses;
  if (truth === null) return { strong: "", more: "" };
  return entries.length ? WORDS[kind].all({ ...guesses, truth }, named) : { strong: "Nobody answered.", more: "" };
}

/** @returns such as "6.2": how far off an answer is; empty of one of several */
export const offWords = (kind: QuestionKind, distance: number): string => WORDS[kind].answer?.off(distance) ?? "";

/** The title of the picture of how far off the guesses are. */
export function distancesTitle(kind: QuestionKind, count: number): string {
  const { only, many } = WORDS[kind].answer ?? {};
  return `How far off the ${count === 1 ? only : `${count} ${many}`}`;
}

/** @param count  how many of the others are farther off @param others  the number of others */
function rankWords(count: number, others: number): string {
  if (others < 1) return "";
  if (count === others) return ", nearer than all others";
  return count ? `, nearer than ${count} of the ${others + 1}` : `, nearer than none of the ${others + 1}`;
}

/** @param answer  one of the entries @returns how it compares with the others */
export function ownGuessWords(guesses: Guesses, answer: Answer, { names }: GuessesNamed): string {
  const { kind, entries, truth } = guesses;
  if (truth === null) return "";
  const words = WORDS[kind].answer;
  if (!words) {
    const alike = entries.filter((entry) => entry === answer).length;
    const others = alike > 1 ? `, as ${countInWords(alike - 1, "other")} did` : ", as nobody else did";
    const name = nameOfChoice(kind, names[answer as number]);
    return `${answer === truth ? "You are right: you" : "You"} chose ${name}${entries.length > 1 ? others : ""}.`;
  }
  const off = answerDistance(answer, truth);
  const rank = rankWords(countFarther(entries, answer, truth), entries.length - 1);
  return off === 0 ? `Your guess is exact${rank}.` : `Your ${words.name} is ${words.off(off)} off${rank}.`;
}
