/**
 * What is said of each kind of question: how it is answered, what was answered, and what is right. What is said of the
 * answers of a class: `words/guesses.ts`.
 */

import { formatExact, formatMeasured, formatPlace } from "../math/format.ts";
import { answerDistance } from "../state/guesses.ts";
import type { Guess, GuessOf, Problem, QuestionKind } from "../state/types.ts";
import { stepsOf, valueWords } from "./measures.ts";

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
  /** @param names  of the runs @returns how far off the answer was */
  verdict(guess: G, answer: G["answer"], names: string[]): string;
  /** @returns the right answer, for a reader who has not guessed */
  right(guess: G, names: string[]): string;
}

const CHOOSE = (what: string): QuestionWords<Guess>["task"] => [
  `Tap ${what}`,
  "to choose it.",
  "You can choose another",
];

const place: QuestionWords<GuessOf<"place">> = {
  way: "point at the map",
  how: "Point at the place on the map.",
  task: ["Tap the map", "where you think it ends.", "You can move your flag"],
  measure: () => "place",
  answered: (_, place) => `Your flag stands at ${formatPlace(place)}.`,
  verdict: ({ run, answer }, place, names) =>
    `Your flag stands ${formatMeasured(answerDistance(place, answer), 2)} from where ${names[run]} ends, ${formatPlace(
      answer,
    )}.`,
  right: ({ run, answer }, names) => `${names[run]} ends at ${formatPlace(answer)}.`,
};

const step: QuestionWords<GuessOf<"step">> = {
  way: "give a number",
  how: "Give a number of steps.",
  task: ["Give a number", "of steps.", "You can change it"],
  measure: () => "steps",
  answered: (_, steps) => `You said ${formatExact(steps)}.`,
  verdict({ answer }, steps) {
    if (steps === answer) return `You are right: ${stepsOf(answer)}.`;
    return `You said ${formatExact(steps)}; it takes ${stepsOf(answer)}: ${formatExact(Math.abs(steps - answer))} off.`;
  },
  right: ({ answer }) => `It takes ${stepsOf(answer)}.`,
};

const run: QuestionWords<GuessOf<"run">> = {
  way: "choose a run",
  how: "",
  task: CHOOSE("a run"),
  values: (guess) => guess.values.map((_, run) => valueWords(guess, run)),
  measure: ({ unit }) => unit,
  answered: (_, chosen, names) => `You chose ${names[chosen]}.`,
  verdict(guess, chosen, names) {
    const words = `${names[chosen]}: ${valueWords(guess, chosen)}.`;
    return guess.places[chosen] === 1 ? `You are right. ${words}` : `You chose ${words} ${run.right(guess, names)}`;
  },
  right: (guess, names) => `Right is ${names[guess.answer]}: ${valueWords(guess, guess.answer)}.`,
};

const choice: QuestionWords<GuessOf<"choice">> = {
  way: "choose",
  how: "",
  task: CHOOSE("an answer"),
  options: ({ options }) => options,
  measure: (_, { minima, domain }) => (minima.length && domain.length > 1 ? "place" : "loss"),
  answered: ({ options }, chosen) => `You chose “${options[chosen]}”.`,
  verdict: (guess, chosen, names) =>
    chosen === guess.answer
      ? "You are right."
      : `${choice.answered(guess, chosen, names)} ${choice.right(guess, names)}`,
  right: ({ options, answer }) => `Right is “${options[answer]}”.`,
};

const WORDS: { [K in QuestionKind]: QuestionWords<GuessOf<K>> } = { place, step, run, choice };

export const questionWords = (kind: QuestionKind): QuestionWords<Guess> => WORDS[kind];
