/** Answers of the server that are shown one at a time: one request under way, the newest wish next, what has come is kept. */
import { createCache } from "../net/cache.js";
import { Refused } from "../net/http.js";

/**
 * @template T
 * @typedef {{value: T} | {refused: import("../state/types.js").Refusal[]}} Answer
 */

/**
 * @template T
 * @typedef {{key: string, ask: () => Promise<T>}} Wish
 */

/** Milliseconds until a server that did not answer is asked again. */
const PAUSE = 2000;

/**
 * @template T
 * @param {object} how
 * @param {number} how.kept  answers that are kept
 * @param {() => number} how.now  milliseconds
 * @param {() => void} how.onAnswer
 */
export function createAnswers({ kept: size, now, onAnswer }) {
  /** @type {ReturnType<typeof createCache<Answer<T>>>} */
  const kept = createCache(size);
  /** @type {string | null} */
  let asking = null;
  /** @type {Wish<T> | null} */
  let next = null;
  let quietUntil = 0;

  /** @param {Wish<T>} wish */
  async function answer({ key, ask }) {
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
    setTimeout(onAnswer, PAUSE);
  }

  function begin() {
    if (asking || !next || now() < quietUntil) return;
    const wish = next;
    next = null;
    void answer(wish);
  }

  return {
    /** @param {string} key @returns {Answer<T> | undefined} */
    get: (key) => kept.get(key),
    /** @param {Wish<T>} wish */
    wish(wish) {
      next = asking === wish.key || kept.get(wish.key) ? null : wish;
      begin();
    },
    /** @returns {boolean} whether the server has just not answered */
    silent: () => now() < quietUntil,
  };
}
