/** Answers of the server that are shown one at a time: one request under way, the newest wish next, what has come is kept. */
import { createCache } from "../../service/cache.ts";
import { Refused } from "../../service/http.ts";
import type { Refusal } from "../../state/types.ts";

export type Answer<T> = { value: T } | { refused: Refusal[] };

export type Wish<T> = { key: string; ask: () => Promise<T> };

/** Milliseconds until a server that did not answer is asked again. */
const PAUSE = 2000;

/**
 * @param how.kept  answers that are kept
 * @param how.now  milliseconds
 */
export function createAnswers<T>({ kept: size, now, after = setTimeout, onAnswer }: { kept: number; now: () => number; after?: (act: () => void, ms: number) => unknown; onAnswer: () => void }) {
  const kept: ReturnType<typeof createCache<Answer<T>>> = createCache(size);
  let asking: string | null = null;
  let next: Wish<T> | null = null;
  let quietUntil = 0;

  async function answer({ key, ask }: Wish<T>) {
    asking = key;
    try {
      kept.set(key, { value: await ask() });
    } catch (error) {
      if (error instanceof Refused) kept.set(key, { refused: error.errors });
      else waitQuietly();
    }
    asking = null;
    onAnswer();
    begin();
  }

  /** What is shown by then asks again. */
  function waitQuietly() {
    quietUntil = now() + PAUSE;
    after(onAnswer, PAUSE);
  }

  function begin() {
    if (asking || !next || now() < quietUntil) return;
    const wish = next;
    next = null;
    void answer(wish);
  }

  return {
    get: (key: string): Answer<T> | undefined => kept.get(key),
    wish(wish: Wish<T>) {
      next = asking === wish.key || kept.get(wish.key) ? null : wish;
      begin();
    },
    /** @returns whether the server has just not answered */
    silent: (): boolean => now() < quietUntil,
  };
}
