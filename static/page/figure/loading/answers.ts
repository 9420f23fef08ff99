/** Answers of the server that are shown one at a time: what has come is kept. */
import { createCache } from "../../service/cache.ts";
import { Gone, Refused } from "../../service/http.ts";
import { createLane } from "./lane.ts";
import type { Refusal } from "../../state/types.ts";
import type { Clock } from "./lane.ts";

export type Answer<T> = { value: T } | { refused: Refusal[] };

export type AnswerWish<T> = { key: string; ask: () => Promise<T> };

/** Milliseconds until a server that did not answer is asked again, unless it asks for more. */
const PAUSE = 2000;

/** @param how.kept  answers that are kept */
export function createAnswers<T>({ kept: size, clock, onAnswer }: { kept: number; clock: Clock; onAnswer: () => void }) {
  const kept: ReturnType<typeof createCache<Answer<T>>> = createCache(size);
  let quietUntil = 0;
  let said = "";
  const silent = (): string => (clock.now() < quietUntil ? said : "");

  function onError(error: unknown, key: string) {
    if (error instanceof Refused) kept.set(key, { refused: error.errors });
    else {
      // What is shown by then asks again.
      const pause = error instanceof Gone ? Math.max(PAUSE, 1000 * error.seconds) : PAUSE;
      said = error instanceof Gone ? `${error.message}. It is asked again soon.` : "This could not be fetched.";
      quietUntil = clock.now() + pause;
      clock.after(onAnswer, pause);
    }
    onAnswer();
  }

  const lane = createLane({ clock, onError });
  const start = ({ key, ask }: AnswerWish<T>) => async () => {
    if (silent()) return;
    kept.set(key, { value: await ask() });
    onAnswer();
  };

  return {
    get: (key: string): Answer<T> | undefined => kept.get(key),
    wish(wish: AnswerWish<T>) {
      if (silent() || kept.get(wish.key)) lane.rest();
      else lane.wish({ key: wish.key, start: start(wish) });
    },
    /** @returns why no answer has come just now; empty where one has, or may come */
    silent,
  };
}
