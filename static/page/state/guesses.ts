/** Statistics over the guesses of many people: the middle guess, counts by choice, and distances from the truth. */

import { niceStep } from "../math/ticks.ts";
import { sameValue } from "../math/values.ts";
import { presetWithStatus, withExercise } from "./exercise.ts";
import { questionOfKind } from "./questions.ts";
import type { Answer, Guesses, State, StillScene } from "./types.ts";

export const withGuesses = (state: State, guesses: Guesses | null): State =>
  sameValue(guesses, state.exercise.guesses) ? state : withExercise(state, { guesses });

/** Sets the guesses of the present question, which is about the run that its preset names. */
export function setGuesses(state: State, guesses: Omit<Guesses, "run"> | null): State {
  const guess = presetWithStatus(state, "prepared")?.guess;
  return withGuesses(state, guesses && { ...guesses, run: guess && "run" in guess ? guess.run : null });
}

/** @returns the guesses to draw, without the truth while rows ahead are hidden */
export const guessesInSight = ({ guesses, hasHiddenRows }: StillScene): Guesses | null =>
  guesses && hasHiddenRows ? { ...guesses, truth: null } : guesses;

/** @returns the distance of two places, or the absolute difference of two numbers */
export const answerDistance = (answer: Answer, other: Answer): number =>
  typeof answer === "number"
    ? Math.abs(answer - (other as number))
    : Math.hypot(...answer.map((value, k) => value - (other as number[])[k]));

function medianOf(numbers: number[]): number {
  const ordered = numbers.toSorted((a, b) => a - b);
  const half = (ordered.length - 1) / 2;
  return (ordered[Math.floor(half)] + ordered[Math.ceil(half)]) / 2;
}

/** @returns the place with the least sum of distances to all others (the medoid); of several the first */
function middlePlace(places: number[][]): number[] {
  const sums = places.map((place) => places.reduce((sum, other) => sum + answerDistance(place, other), 0));
  return places[sums.indexOf(Math.min(...sums))];
}

/** @returns the medoid of places, or the median of numbers; null: no guesses, or a question with options */
export function middleGuess({ kind }: Pick<Guesses, "kind">, entries: Answer[]): Answer | null {
  if (!entries.length || questionOfKind(kind).among) return null;
  return typeof entries[0] === "number" ? medianOf(entries as number[]) : middlePlace(entries as number[][]);
}

/** @returns the number of guesses for each run or option, by its index */
export const countsByChoice = (entries: Answer[], count: number): number[] =>
  Array.from({ length: count }, (_, k) => entries.filter((entry) => entry === k).length);

/** @returns how many guesses are within a distance of an answer */
export const countWithin = (entries: Answer[], at: Answer, reach: number): number =>
  entries.filter((entry) => answerDistance(entry, at) <= reach).length;

/** @returns how many guesses are further from the truth than an answer */
export const countFarther = (entries: Answer[], answer: Answer, truth: Answer): number =>
  entries.filter((entry) => answerDistance(entry, truth) > answerDistance(answer, truth)).length;

/** A place counts as near within this share of the shorter side of the map. */
const REACH_OF_PLACES = 1 / 20;
/** A guessed number counts as near within this share of the truth. */
const REACH_OF_NUMBERS = 1 / 5;

/** @param spans  sides of the map @returns the distance, a round number, within which a guess counts as near */
export const nearDistance = (truth: Answer, spans: number[]): number =>
  typeof truth === "number"
    ? niceStep(Math.abs(truth) * REACH_OF_NUMBERS || 1)
    : niceStep(Math.min(...spans) * REACH_OF_PLACES);
