/** An answer to the question of a scene in words, and the measures that it is about. */

import { formatExact, formatMeasured, formatPlace } from "../math/format.ts";
import { counted } from "../math/text.ts";
import type { Answer, Guess } from "../state/types.ts";

/** @returns such as "1 step", "106 steps" */
export const stepsOf = (count: number) => counted(count, "step", formatExact);

/** @returns such as "106 steps", "loss 0.0713" */
export function valueWords({ unit, values }: Guess & { kind: "run" }, run: number): string {
  const value = values[run];
  if (value === null) return "never";
  return unit === "steps" ? stepsOf(value) : `loss ${formatMeasured(value)}`;
}

/** @returns the answer, before the right one is known */
export function answerWords(guess: Guess, guessed: Answer, names: string[]): string {
  if (guess.kind === "place") return `Your flag stands at ${formatPlace(guessed as number[])}.`;
  if (guess.kind === "run") return `You chose ${names[guessed as number]}.`;
  if (guess.kind === "step") return `You said ${formatExact(guessed as number)}.`;
  return `You chose “${guess.options[guessed as number]}”.`;
}
