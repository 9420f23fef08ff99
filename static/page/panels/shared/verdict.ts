/** What was answered to a question, and the verdict on it once its runs have run. */
import type { Frame } from "../../figure/part.ts";
import type { Guess, Scene } from "../../state/types.ts";
import { questionWords } from "../../words/questions.ts";

/** As they are called in the rows that are chosen from. */
const runNames = ({ wholeRuns }: Scene): string[] => wholeRuns.map(({ short }) => short);

/** @returns what was answered, until it is known whether that is right; empty where nothing was */
export const answerWords = ({ state: { exercise }, scene }: Frame, guess: Guess | null | undefined): string =>
  guess && exercise.answer !== null ? questionWords(guess.kind).answered(guess, exercise.answer, runNames(scene)) : "";

/** @returns whether the answer was right, and how far off; where nothing was answered, what is right */
export function verdictOn({ state: { exercise }, scene }: Frame, guess: Guess | null | undefined): string {
  if (!guess) return "";
  const [words, names] = [questionWords(guess.kind), runNames(scene)];
  return exercise.answer === null
    ? words.right(guess, names, scene.problem)
    : words.verdict(guess, exercise.answer, names, scene.problem);
}

/** @returns whether what is asked has come about while other runs go on: the run whose end is asked for has ended */
export const isDecided = ({ scene }: Frame, guess: Guess | null | undefined): boolean =>
  guess?.kind === "place" && scene.runs[guess.run].end !== null;
