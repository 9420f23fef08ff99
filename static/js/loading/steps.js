/** Asks for the working of steps: one request at a time, the newest wish next, and what has come is kept. */
import { createCache } from "../net/cache.js";
import { Refused } from "../net/http.js";

/** @typedef {import("../net/step.js").WireStep} WireStep */
/** @typedef {import("../state/types.js").Spec} Spec */
/** @typedef {{step: WireStep} | {refused: string}} Answer */
/** @typedef {{key: string, spec: Spec, t: number}} Wish */

/** Workings kept: going back and forth over some seconds of a run asks for nothing. */
const KEPT = 400;
/** Milliseconds until a server that did not answer is asked again. */
const PAUSE = 2000;

/**
 * @param {object} ports
 * @param {typeof import("../net/step.js").getStep} ports.getStep
 * @param {() => number} ports.now  milliseconds
 * @param {() => void} ports.onAnswer
 */
export function createSteps({ getStep, now, onAnswer }) {
  /** @type {ReturnType<typeof createCache<Answer>>} */
  const kept = createCache(KEPT);
  /** @type {string | null} */
  let asking = null;
  /** @type {Wish | null} */
  let next = null;
  let quietUntil = 0;

  /** @param {Wish} wish */
  async function ask({ key, spec, t }) {
    asking = key;
    try {
      kept.set(key, { step: await getStep(spec, t) });
    } catch (error) {
      if (error instanceof Refused) kept.set(key, { refused: error.message });
      else quietUntil = now() + PAUSE;
    }
    asking = null;
    onAnswer();
    begin();
  }

  function begin() {
    if (asking || !next || now() < quietUntil) return;
    const wish = next;
    next = null;
    void ask(wish);
  }

  return {
    /** @param {string} key @returns {Answer | undefined} */
    get: (key) => kept.get(key),
    /** @param {Wish} wish */
    wish(wish) {
      next = asking === wish.key || kept.get(wish.key) ? null : wish;
      begin();
    },
    /** @returns {boolean} whether the server has just not answered */
    silent: () => now() < quietUntil,
  };
}
