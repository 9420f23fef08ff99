/** What the rules of runs hold and compute: asked for run by run once a run rests, and kept. */
import { getQuantities } from "../net/quantities.js";
import { runKey, specOf } from "../state/state.js";
import { createAnswers } from "./answers.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Refusal} Refusal */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../net/quantities.js").WireQuantities} WireQuantities */

/** @typedef {{wire: WireQuantities | null, late: boolean, refused: Refusal[]}} Held  late: of the run as it was */

/** As many runs as a page can have. */
const KEPT = 16;

/** @typedef {ReturnType<typeof createQuantities>} Quantities */

/** @param {{now: () => number, onAnswer: () => void}} ports */
export function createQuantities({ now, onAnswer }) {
  /** @type {ReturnType<typeof createAnswers<WireQuantities>>} */
  const answers = createAnswers({ kept: KEPT, now, onAnswer });
  /** What came last of each entry, shown until its next comes. @type {Map<number, WireQuantities>} */
  const last = new Map();

  /** @param {State} state @param {number} index @returns {Held} */
  function held(state, index) {
    const entry = state.entries[index];
    const answer = answers.get(runKey(state, entry));
    if (answer && "value" in answer) last.set(entry.id, answer.value);
    return { wire: last.get(entry.id) ?? null, late: !answer, refused: answer && "refused" in answer ? answer.refused : [] };
  }

  /** The first that has not come is asked for, and when it has come, the next. @param {State} state @param {Scene} scene @param {number[]} indices */
  function ask(state, scene, indices) {
    const missing = indices.find((index) => scene.runs[index].end && !answers.get(runKey(state, state.entries[index])));
    if (missing === undefined || state.moving) return;
    const entry = state.entries[missing];
    answers.wish({ key: runKey(state, entry), ask: () => getQuantities(specOf(state, [entry])) });
  }

  return {
    silent: answers.silent,
    /** @param {State} state @param {Scene} scene @param {number[]} indices  of runs, the most wanted first @returns {Held[]} */
    of(state, scene, indices) {
      ask(state, scene, indices);
      return indices.map((index) => held(state, index));
    },
  };
}
