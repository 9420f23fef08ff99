/** The guesses of many people: the middle guess, counts, and how far each is from the truth. */

import { niceStep } from "../math/scales.ts";
import { sameValue } from "../math/values.ts";
import { presetOf, withExercise } from "./exercise.ts";
import { questionOfKind } from "./questions.ts";
import type { Answer, Guesses, Scene, State } from "./types.ts";

export const withGuesses = (state: State, guesses: Guesses | null): State =>
  sameValue(guesses, state.exercise.guesses) ? state : withExercise(state, { guesses });

/** Sets what many guessed of the present question. */
export function setGuesses(state: State, guesses: Omit<Guesses, "run"> | null): State {
  const guess = presetOf(state, "prepared")?.guess;
  return withGuesses(state, guesses && { ...guesses, run: guess && "run" in guess ? guess.run : null });
}

/** @returns them, without what is right for as long as that lies ahead */
export const guessesInSight = ({ guesses, hidesAhead }: Scene): Guesses | null =>
  guesses && hidesAhead ? { ...guesses, truth: null } : guesses;

/** @returns between two places, or two numbers */
export const answerDistance = (answer: Answer, other: Answer): number =>
  typeof answer === "number"
    ? Math.abs(answer - (other as number))
    : Math.hypot(...answer.map((value, k) => value - (other as number[])[k]));

function medianOf(numbers: number[]): number {
  const ordered = numbers.toSorted((a, b) => a - b);
  const half = (ordered.length - 1) / 2;
  return (ordered[Math.floor(half)] + ordered[Math.ceil(half)]) / 2;
}

/** The guess with the least sum of distances to all others; of several such the first. */
function middlePlace(places: number[][]): number[] {
  const sums = places.map((place) => places.reduce((sum, other) => sum + answerDistance(place, other), 0));
  return places[sums.indexOf(Math.min(...sums))];
}

/** @returns the middle place, the median of numbers; null: there is none, or one of several is asked for */
export function middleOf({ kind }: Pick<Guesses, "kind">, entries: Answer[]): Answer | null {
  if (!entries.length || questionOfKind(kind).among) return null;
  return typeof entries[0] === "number" ? medianOf(entries as number[]) : middlePlace(entries as number[][]);
}

/** @returns how many chose each run, or option */
export const countsOf = (entries: Answer[], count: number): number[] =>
  Array.from({ length: count }, (_, k) => entries.filter((entry) => entry === k).length);

/** @returns how many are no further from it */
export const countWithin = (entries: Answer[], at: Answer, reach: number): number =>
  entries.filter((entry) => answerDistance(entry, at) <= reach).length;

/** @returns how many are further from what is right than this one */
export const fartherThan = (entries: Answer[], answer: Answer, truth: Answer): number =>
  entries.filter((entry) => answerDistance(entry, truth) > answerDistance(answer, truth)).length;

/** Within this share of the shorter side of the map a place counts as near. */
const REACH_OF_PLACES = 1 / 20;
/** Within this share of a number a guess of it counts as near. */
const NEARLY = 1 / 5;

/** The distance countWithin which a guess counts as near, a round number. @param spans  of the parameters */
export const reachOf = (truth: Answer, spans: number[]): number =>
  typeof truth === "number" ? niceStep(Math.abs(truth) * NEARLY || 1) : niceStep(Math.min(...spans) * REACH_OF_PLACES);
