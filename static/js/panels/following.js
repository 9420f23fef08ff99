/** The working of the step at the playhead: at once where it rests, a few times a second while it plays. */
import { createAnswers } from "../loading/answers.js";
import { getStep } from "../net/step.js";
import { runKey, specOf } from "../state/state.js";
import { READABLE } from "./readable.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../net/step.js").WireStep} WireStep */
/** @typedef {import("../loading/answers.js").Wish<WireStep>} Wish */
/** @typedef {import("../loading/answers.js").Answer<WireStep>} Answer */
/** @typedef {import("./explain.js").Moment} Moment */

/** Workings kept: going back and forth over some seconds of a run asks for nothing. */
const KEPT = 400;

/** @param {State} state @param {number} index  of the run @param {number} t @returns {Wish} */
function wishOf(state, index, t) {
  const entry = state.entries[index];
  return { key: `${runKey(state, entry)} ${t}`, ask: () => getStep(specOf(state, [entry]), t) };
}

/** @param {{now: () => number, onAnswer: () => void}} ports */
export function createFollower({ now, onAnswer }) {
  /** @type {ReturnType<typeof createAnswers<WireStep>>} */
  const answers = createAnswers({ kept: KEPT, now, onAnswer });
  /** @type {Wish | null} */
  let asked = null;
  let askedAt = -Infinity;
  /** The step last asked for, and which way it went from the one before. */
  let [last, way] = [0, 1];

  /** While nothing moves the step after this one is fetched too, so that it is there when it is gone to. @param {State} state @param {number} index @param {number} t */
  function lookAhead(state, index, t) {
    const taken = (state.runs[state.entries[index].id]?.length ?? 1) - 1;
    if (t + way >= 1 && t + way <= taken) answers.wish(wishOf(state, index, t + way));
  }

  return {
    silent: answers.silent,
    /** @param {State} state @param {number} index @param {number} t @param {Moment} moment @returns {Answer | undefined} */
    follow(state, index, t, { playing, time }) {
      if (!playing || !asked || (answers.get(asked.key) && time - askedAt >= READABLE)) {
        asked = wishOf(state, index, t);
        askedAt = time;
      }
      if (t !== last) [last, way] = [t, t < last ? -1 : 1];
      answers.wish(asked);
      const answer = answers.get(asked.key);
      if (answer && !playing) lookAhead(state, index, t);
      return answer;
    },
  };
}
