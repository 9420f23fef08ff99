/** Answers of the server that are shown one at a time: what has come is kept. */
import { createCache } from "../../service/cache.ts";
import { Refused, refusal } from "../../service/http.ts";
import type { Clock } from "../../service/persist.ts";
import { persist } from "../../service/persist.ts";
import type { Refusal } from "../../state/types.ts";
import { createLane } from "./lane.ts";

export type Answer<T> = { value: T } | { refused: Refusal[] };

export type AnswerWish<T> = { key: string; ask: () => Promise<T> };

/** @param how.kept  answers that are kept */
export function createAnswers<T>({
  kept: size,
  clock,
  onAnswer,
}: {
  kept: number;
  clock: Clock;
  onAnswer: () => void;
}) {
  const kept: ReturnType<typeof createCache<Answer<T>>> = createCache(size);
  let said = "";

  function onWait(words: string) {
    said = words;
    onAnswer();
  }

  function keep(key: string, answer: Answer<T>) {
    kept.set(key, answer);
    onWait("");
  }

  const onError = (error: unknown, key: string) =>
    keep(key, { refused: error instanceof Refused ? error.errors : [refusal({ msg: "this could not be fetched" })] });
  const lane = createLane({ clock, onError });
  const start =
    ({ key, ask }: AnswerWish<T>) =>
    async (signal: AbortSignal) =>
      keep(key, { value: await persist(ask, { signal, onWait, clock }) });

  return {
    get: (key: string): Answer<T> | undefined => kept.get(key),
    wish(wish: AnswerWish<T>) {
      if (kept.get(wish.key)) lane.rest();
      else lane.wish({ key: wish.key, start: start(wish) });
    },
    /** @returns why no answer has come just now; empty where one has, or may come */
    silent: (): string => said,
  };
}
