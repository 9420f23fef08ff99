/** The working of the step at the playhead: at once where it rests, a few times a second while it plays. */

import type { Figure } from "../../figure/figure.ts";
import type { Answer, AnswerWish } from "../../figure/loading/answers.ts";
import { createAnswers } from "../../figure/loading/answers.ts";
import type { WireStep } from "../../service/step.ts";
import { getStep } from "../../service/step.ts";
import { runKey, specOf } from "../../state/state.ts";
import type { State } from "../../state/types.ts";

/** Workings kept: going back and forth over some seconds of a run asks for nothing. */
const KEPT = 400;

/**
 * @param onAnswer  one has come, or the server is asked again
 * @param sampleOf  of a network: which of the batch alone is written out
 */
export function createFollower(figure: Figure, onAnswer: () => void, sampleOf?: (state: State) => number) {
  const { ended } = figure;
  const answers = createAnswers<WireStep>({ kept: KEPT, clock: figure, onAnswer });
  let asked: AnswerWish<WireStep> | null = null;
  /** Whose step it is. */
  let run = "";
  /** The step last asked for, and which way it went from the one before. */
  let [last, way] = [0, 1];

  /** @param index  of the run */
  function wishOf(state: State, index: number, t: number): AnswerWish<WireStep> {
    const [entry, sample] = [state.entries[index], sampleOf?.(state)];
    const ask = () => getStep(specOf(state, [entry]), t, ended, sample);
    return { key: `${runKey(state, entry)} ${t} ${sample}`, ask };
  }

  /** While nothing moves the step after this one is fetched too, so that it is there when it is gone to. */
  function lookAhead(state: State, index: number, t: number) {
    const taken = (state.runs[state.entries[index].id]?.length ?? 1) - 1;
    if (t + way >= 1 && t + way <= taken) answers.wish(wishOf(state, index, t + way));
  }

  return {
    silent: answers.silent,
    /** @returns while it plays, what was asked for before, until more has come */
    follow(state: State, index: number, t: number, playing: boolean): Answer<WireStep> | undefined {
      const another = run !== runKey(state, state.entries[index]);
      const before = playing && asked && !another ? answers.get(asked.key) : undefined;
      if (!playing || !asked || another || before) asked = wishOf(state, index, t);
      if (another) run = runKey(state, state.entries[index]);
      if (t !== last) [last, way] = [t, t < last ? -1 : 1];
      answers.wish(asked);
      const answer = answers.get(asked.key);
      if (answer && !playing) lookAhead(state, index, t);
      return answer ?? before;
    },
  };
}
