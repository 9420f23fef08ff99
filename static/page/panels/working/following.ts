/** The working of the step at the playhead: at once where it rests, a few times a second while it plays. */
import { createAnswers } from "../../figure/loading/answers.ts";
import { getStep } from "../../service/step.ts";
import { runKey, specOf } from "../../state/state.ts";
import { READABLE } from "../../figure/readable.ts";
import type { State } from "../../state/types.ts";
import type { WireStep } from "../../service/step.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";

type Wish = import("../../figure/loading/answers.ts").Wish<WireStep>;
type Answer = import("../../figure/loading/answers.ts").Answer<WireStep>;

/** Workings kept: going back and forth over some seconds of a run asks for nothing. */
const KEPT = 400;

/** @param index  of the run */
function wishOf(state: State, index: number, t: number, ended: AbortSignal): Wish {
  const entry = state.entries[index];
  return { key: `${runKey(state, entry)} ${t}`, ask: () => getStep(specOf(state, [entry]), t, ended) };
}

export function createFollower({ now, after, invalidate, ended }: Figure) {
  const answers: ReturnType<typeof createAnswers<WireStep>> = createAnswers({ kept: KEPT, now, after, onAnswer: invalidate });
  let asked: Wish | null = null;
  let askedAt = -Infinity;
  /** The step last asked for, and which way it went from the one before. */
  let [last, way] = [0, 1];

  /** While nothing moves the step after this one is fetched too, so that it is there when it is gone to. */
  function lookAhead(state: State, index: number, t: number) {
    const taken = (state.runs[state.entries[index].id]?.length ?? 1) - 1;
    if (t + way >= 1 && t + way <= taken) answers.wish(wishOf(state, index, t + way, ended));
  }

  return {
    silent: answers.silent,
    follow(state: State, index: number, t: number, { playing, time }: Frame): Answer | undefined {
      if (!playing || !asked || (answers.get(asked.key) && time - askedAt >= READABLE)) {
        asked = wishOf(state, index, t, ended);
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
