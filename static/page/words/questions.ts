/**
 * What is said of each kind of question: how it is answered, what was answered, and what is right. What is said of the
 * answers of a class: `words/guesses.ts`.
 */

import { formatExact, formatMeasured, formatPlace } from "../math/format.ts";
import { minimumLetters } from "../math/near.ts";
import { capitalized, countInWords, unbroken } from "../math/text.ts";
import { answerDistance, nearDistance } from "../state/guesses.ts";
import type { Guess, GuessOf, Problem, QuestionKind } from "../state/types.ts";

/** @returns such as "1 step", "106 steps" */
export const stepsCount = (count: number) => countInWords(count, "step", formatExact);

/** @returns such as "106 steps", "loss 0.0713" */
function valueWords({ unit, values }: GuessOf<"run">, run: number): string {
  const value = values[run];
  if (value === null) return "never";
  return unit === "steps" ? stepsCount(value) : `loss ${formatMeasured(value)}`;
}

/** The problem that runs are on, as far as words tell where one ends. */
type OnMap = Pick<Problem, "minima" | "domain">;

interface QuestionWords<G extends Guess> {
  /** how it is answered, in the list of a playlist */
  way: string;
  /** the same in a figure of a lesson; empty where that is seen */
  how: string;
  /** the same at a seat: what stands out, what follows it, and what can be done once it is answered */
  task: [string, string, string];
  /** of several texts: these */
  options?(guess: G): string[];
  /** of several with a measure: that of each */
  values?(guess: G): string[];
  /** what is measured of a run whose settings were changed, where no evidence says so */
  measure(guess: G, problem: Problem): "steps" | "place" | "loss";
  /** @returns the answer, before the right one is known */
  answered(guess: G, answer: G["answer"], names: string[]): string;
  /**
   * @param names  of the runs
   * @returns whether it was right, then how far off it was
   */
  verdict(guess: G, answer: G["answer"], names: string[], problem: OnMap): string;
  /** @returns the right answer, for a reader who has not guessed */
  right(guess: G, names: string[], problem: OnMap): string;
}

const CHOOSE = (what: string): QuestionWords<Guess>["task"] => [
  `Tap ${what}`,
  "to choose it.",
  "You can choose another",
];

/** Within this share of the shorter side of the map a run ends in a minimum. */
const IN_MINIMUM = 0.01;

/** @returns the letter of the minimum that is nearest to a place, and how far that is; null: minima have no letters */
function nearestMinimum(place: number[], minima: Problem["minima"]) {
  const letters = minimumLetters(minima.length);
  const byDistance = letters
    .map((letter, k) => ({ letter, distance: answerDistance(minima[k].at, place) }))
    .sort((a, b) => a.distance - b.distance);
  return byDistance[0] ?? null;
}

/** @returns the letter of the minimum in which a run ends; null: it ends in none that has one */
function letterOfEnd(end: number[], { minima, domain }: OnMap) {
  const nearest = nearestMinimum(end, minima);
  const shorterSide = Math.min(...domain.map(([low, high]) => high - low));
  return nearest && nearest.distance <= IN_MINIMUM * shorterSide ? nearest.letter : null;
}

const place: QuestionWords<GuessOf<"place">> = {
  way: "point at the map",
  how: "Point at the place on the map.",
  task: ["Tap the map", "where you think it ends.", "You can move your flag"],
  measure: () => "place",
  answered: (_, place) => `Your flag stands at ${formatPlace(place)}.`,
  verdict({ run, answer }, place, names, problem) {
    const { minima, domain } = problem;
    const spans = domain.map(([low, high]) => high - low);
    const reach = nearDistance(answer, spans);
    const distance = answerDistance(place, answer);
    const [letter, guessed] = [letterOfEnd(answer, problem), nearestMinimum(place, minima)];
    if (!letter || !guessed) {
      const off = formatMeasured(distance, 2);
      const where = `${capitalized(names[run])} ends at ${formatPlace(answer)}, ${off} from your flag.`;
      return `${distance <= reach ? "You are right" : "No"}. ${where}`;
    }
    // A flag that is far from every mark names none: then it is said which is nearest.
    const isNamed = guessed.distance <= reach;
    const ends = `${capitalized(names[run])} ends in ${letter}`;
    if (guessed.letter !== letter)
      return `No: ${isNamed ? "you said" : "nearest to your flag is"} ${guessed.letter}. ${ends}.`;
    return `You are right. ${ends}${isNamed ? "" : ", the minimum nearest to your flag"}.`;
  },
  right({ run, answer }, names, problem) {
    const letter = letterOfEnd(answer, problem);
    return `${capitalized(names[run])} ends ${letter ? `in ${letter}` : `at ${formatPlace(answer)}`}.`;
  },
};

const step: QuestionWords<GuessOf<"step">> = {
  way: "give a number",
  how: "Give a number of steps.",
  task: ["Give a number", "of steps.", "You can change it"],
  measure: () => "steps",
  answered: (_, steps) => `You said ${formatExact(steps)}.`,
  verdict({ answer }, steps) {
    if (steps === answer) return `You are right: ${stepsCount(answer)}.`;
    const off = formatExact(Math.abs(steps - answer));
    return `No: you said ${formatExact(steps)}; it takes ${stepsCount(answer)}: ${off} off.`;
  },
  right: ({ answer }) => `It takes ${stepsCount(answer)}.`,
};

const run: QuestionWords<GuessOf<"run">> = {
  way: "choose a run",
  how: "",
  task: CHOOSE("a run"),
  values: (guess) => guess.values.map((_, run) => valueWords(guess, run)),
  measure: ({ unit }) => unit,
  answered: (_, chosen, names) => `You chose ${names[chosen]}.`,
  verdict(guess, chosen, names) {
    const words = (run: number) => `${names[run]}: ${valueWords(guess, run)}.`;
    return guess.places[chosen] === 1
      ? `You are right. ${words(chosen)}`
      : `No: you chose ${words(chosen)} The answer is ${words(guess.answer)}`;
  },
  right: (guess, names) => `${capitalized(names[guess.answer])}: ${valueWords(guess, guess.answer)}.`,
};

/** One as it stands in a sentence or in a row. */
const option = ({ options }: GuessOf<"choice">, k: number) => unbroken(options[k]);

const choice: QuestionWords<GuessOf<"choice">> = {
  way: "choose",
  how: "",
  task: CHOOSE("an answer"),
  options: (guess) => guess.options.map((_, k) => option(guess, k)),
  measure: (_, { minima, domain }) => (minima.length && domain.length > 1 ? "place" : "loss"),
  answered: (guess, chosen) => `You chose “${option(guess, chosen)}”.`,
  verdict: (guess, chosen) =>
    chosen === guess.answer
      ? "You are right."
      : `No: you chose “${option(guess, chosen)}”. The answer is “${option(guess, guess.answer)}”.`,
  right: (guess) => `${capitalized(option(guess, guess.answer))}.`,
};

const WORDS: { [K in QuestionKind]: QuestionWords<GuessOf<K>> } = { place, step, run, choice };

export const questionWords = (kind: QuestionKind): QuestionWords<Guess> => WORDS[kind];
