/** Compares an answer to the question of a scene with what its runs did. */

import { formatExact, formatMeasured, formatPlace } from "../math/format.ts";
import { counted } from "../math/text.ts";
import type { Answer, Guess } from "../state/types.ts";

/** @returns the distance between two points of the map */
const distanceOf = (a: number[], b: number[]): number => Math.hypot(...a.map((value, k) => value - b[k]));

const stepsOf = (count: number) => counted(count, "step", formatExact);

/** @returns such as "106 steps", "loss 0.0713" */
export function valueWords({ unit, values }: Guess & { kind: "run" }, run: number): string {
  const value = values[run];
  if (value === null) return "never";
  return unit === "steps" ? stepsOf(value) : `loss ${formatMeasured(value)}`;
}

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

/** @returns the answer, before the right one is known */
export function answerWords(guess: Guess, guessed: Answer, names: string[]): string {
  if (guess.kind === "place") return `Your flag stands at ${formatPlace(guessed as number[])}.`;
  if (guess.kind === "run") return `You chose ${names[guessed as number]}.`;
  if (guess.kind === "step") return `You said ${formatExact(guessed as number)}.`;
  return `You chose “${guess.options[guessed as number]}”.`;
}
