/** The words about the answer to a question, and the verdict on it once the outcome shows. */
import type { Frame } from "../../figure/part.ts";
import type { Guess, Scene } from "../../state/types.ts";
import { questionWords } from "../../words/questions.ts";

/** The short names of runs, as in the rows to choose from. */
const runNames = ({ wholeRuns }: Scene): string[] => wholeRuns.map(({ short }) => short);

/** @returns the answer in words, until the right one is known; empty without an answer */
export const answerWords = ({ state: { exercise }, scene }: Frame, guess: Guess | null | undefined): string =>
  guess && exercise.answer !== null ? questionWords(guess.kind).answered(guess, exercise.answer, runNames(scene)) : "";

/** @returns whether the answer was right, and how far off; without an answer the right one */
export function verdictOn({ state: { exercise }, scene }: Frame, guess: Guess | null | undefined): string {
  if (!guess) return "";
  const [words, names] = [questionWords(guess.kind), runNames(scene)];
  return exercise.answer === null
    ? words.right(guess, names, scene.problem)
    : words.verdict(guess, exercise.answer, names, scene.problem);
}

/** @returns whether the run that the question is about has ended, while others may go on */
export const isDecided = ({ scene }: Frame, guess: Guess | null | undefined): boolean =>
  guess?.kind === "place" && scene.shownRuns[guess.run].end !== null;
