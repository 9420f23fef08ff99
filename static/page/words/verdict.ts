/** Compares an answer to the question of a scene with what its runs did. Needed once they have run. */

import { formatExact, formatMeasured, formatPlace } from "../math/format.ts";
import type { Answer, Guess } from "../state/types.ts";
import { answerWords, stepsOf, valueWords } from "./guess.ts";

/** @returns the distance between two points of the map */
const distanceOf = (a: number[], b: number[]): number => Math.hypot(...a.map((value, k) => value - b[k]));

function ofRun(guess: Guess & { kind: "run" }, guessed: number, names: string[]): string {
  const guessedWords = `${names[guessed]}: ${valueWords(guess, guessed)}`;
  if (guess.places[guessed] === 1) return `You are right. ${guessedWords}.`;
  return `You chose ${guessedWords}. ${rightWords(guess, names)}`;
}

function ofStep({ answer }: Guess & { kind: "step" }, guessed: number): string {
  if (guessed === answer) return `You are right: ${stepsOf(answer)}.`;
  const off = formatExact(Math.abs(guessed - answer));
  return `You said ${formatExact(guessed)}; it takes ${stepsOf(answer)}: ${off} off.`;
}

/** @param names  the names of the runs @returns how far off the answer was */
export function verdictOf(guess: Guess, guessed: Answer, names: string[]): string {
  if (guess.kind === "place") {
    const distance = formatMeasured(distanceOf(guessed as number[], guess.answer), 2);
    return `Your flag stands ${distance} from where ${names[guess.run]} ends, ${formatPlace(guess.answer)}.`;
  }
  if (guess.kind === "run") return ofRun(guess, guessed as number, names);
  if (guess.kind === "step") return ofStep(guess, guessed as number);
  if (guessed === guess.answer) return "You are right.";
  return `${answerWords(guess, guessed, names)} ${rightWords(guess, names)}`;
}

/** @returns the right answer, for a reader who has not guessed */
export function rightWords(guess: Guess, names: string[]): string {
  if (guess.kind === "place") return `${names[guess.run]} ends at ${formatPlace(guess.answer)}.`;
  if (guess.kind === "run") return `Right is ${names[guess.answer]}: ${valueWords(guess, guess.answer)}.`;
  return guess.kind === "step" ? `It takes ${stepsOf(guess.answer)}.` : `Right is “${guess.options[guess.answer]}”.`;
}
