/** Declares the kinds of questions that presets, lessons and rooms ask; `words/questions.ts` has their texts. */
import type { Guess, Guesses, GuessOf, QuestionKind } from "./types.ts";

interface Question<G extends Guess> {
  /** the picture in which all answers are drawn; without one only their distances from the truth show */
  on?: "map" | "steps";
  /** for a choice among several: their number */
  among?(guess: G): number;
}

const QUESTIONS: { [K in QuestionKind]: Question<GuessOf<K>> } = {
  place: { on: "map" },
  step: { on: "steps" },
  run: { among: ({ values }) => values.length },
  choice: { among: ({ options }) => options.length },
};

export const questionOfKind = (kind: QuestionKind): Question<Guess> => QUESTIONS[kind];

/** @returns whether the question asks for a place on the map */
export const asksPlace = (guess: Guess | undefined): guess is GuessOf<"place"> =>
  guess !== undefined && questionOfKind(guess.kind).on === "map";

/** @returns the guesses if they are drawn in that picture, else null */
export const guessesOn = (where: Question<Guess>["on"], guesses: Guesses | null | undefined): Guesses | null =>
  guesses && questionOfKind(guesses.kind).on === where ? guesses : null;
