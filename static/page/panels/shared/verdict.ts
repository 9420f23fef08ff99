/** The verdict on what was answered to a question, once its runs have run. */
import type { Frame } from "../../figure/part.ts";
import type { Guess } from "../../state/types.ts";
import { rightWords, verdictOf } from "../../words/verdict.ts";
import { runNames } from "./asking.ts";

/** @returns how far off the answer was; empty where nothing was answered */
export const verdictIn = ({ state: { answer }, scene }: Frame, guess: Guess | null | undefined): string =>
  guess && answer !== null ? verdictOf(guess, answer, runNames(scene)) : "";

/** @returns what is right */
export const rightIn = ({ scene }: Frame, guess: Guess): string => rightWords(guess, runNames(scene));
