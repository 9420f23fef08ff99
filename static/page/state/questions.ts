/** The kinds of questions that scenes, lessons and rooms ask. What is said of each: `words/questions.ts`. */
import type { Guess, Guesses, GuessOf, QuestionKind } from "./types.ts";

interface Question<G extends Guess> {
  /** where all answers are drawn; else only how far off they are */
  on?: "map" | "steps";
  /** of one of several: how many there are */
  among?(guess: G): number;
}

const QUESTIONS: { [K in QuestionKind]: Question<GuessOf<K>> } = {
  place: { on: "map" },
  step: { on: "steps" },
  run: { among: ({ values }) => values.length },
  choice: { among: ({ options }) => options.length },
};

export const questionOfKind = (kind: QuestionKind): Question<Guess> => QUESTIONS[kind];

/** @returns whether a place on the map is asked for */
export const asksPlace = (guess: Guess | undefined): guess is GuessOf<"place"> =>
  guess !== undefined && questionOfKind(guess.kind).on === "map";

/** @returns what many guessed, where that is drawn there */
export const guessesOn = (where: Question<Guess>["on"], guesses: Guesses | null | undefined): Guesses | null =>
  guesses && questionOfKind(guesses.kind).on === where ? guesses : null;
