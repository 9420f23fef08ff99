/** What the class thought, where it was asked: in a figure, or beside the options of a check. */
import type { LedLesson } from "../lesson/open.ts";
import { sameValue } from "../math/values.ts";
import type { LedPage } from "../playlist/iframe.ts";
import { setGuesses } from "../state/guesses.ts";
import type { Guesses } from "../state/types.ts";
import { guessesOf, type Room } from "./events.ts";
import type { QuestionInSight } from "./questionsInSight.ts";

/** What stands beside the options of each check. */
const thoughts: WeakMap<HTMLElement, Guesses | null> = new WeakMap();

export function thoughtAtCheck(ledPage: LedLesson, check: HTMLElement, guesses: Guesses | null) {
  if (sameValue(thoughts.get(check) ?? null, guesses)) return;
  thoughts.set(check, guesses);
  void ledPage.guessed(check.id, guesses).catch(() => {});
}

/** In all that is asked in sight, as soon as it runs. */
export function showThought(room: Room, ledPage: LedPage, questions: QuestionInSight[]) {
  for (const { name, figure, element } of questions) {
    const guesses = guessesOf(room, name);
    if (figure) figure.act(setGuesses, guesses);
    else thoughtAtCheck(ledPage as LedLesson, element as HTMLElement, guesses);
  }
}
