/** What the rules of runs hold and compute: asked for run by run once a run rests, and kept. */

import type { WireQuantities } from "../../service/quantities.ts";
import { getQuantities } from "../../service/quantities.ts";
import { runKey, specOf } from "../../state/state.ts";
import type { Refusal, Scene, State } from "../../state/types.ts";
import type { Figure } from "../figure.ts";
import { createAnswers } from "./answers.ts";

/** late: of the run as it was */
type Held = { wire: WireQuantities | null; late: boolean; refused: Refusal[] };

/** As many runs as a page can have. */
const KEPT = 16;

export type Quantities = ReturnType<typeof createQuantities>;

export function createQuantities(figure: Figure) {
  const { invalidate, ended } = figure;
  const answers: ReturnType<typeof createAnswers<WireQuantities>> = createAnswers({
    kept: KEPT,
    clock: figure,
    onAnswer: invalidate,
  });
  /** What came last of each entry, shown until its next comes. */
  const last: Map<number, WireQuantities> = new Map();

  function held(state: State, index: number): Held {
    const entry = state.entries[index];
    const answer = answers.get(runKey(state, entry));
    if (answer && "value" in answer) last.set(entry.id, answer.value);
    return {
      wire: last.get(entry.id) ?? null,
      late: !answer,
      refused: answer && "refused" in answer ? answer.refused : [],
    };
  }

  /** The first that has not come is asked for, and when it has come, the next. */
  function ask(state: State, scene: Scene, indices: number[]) {
    const missing = indices.find((index) => scene.runs[index].end && !answers.get(runKey(state, state.entries[index])));
    if (missing === undefined || state.moving) return;
    const entry = state.entries[missing];
    answers.wish({ key: runKey(state, entry), ask: () => getQuantities(specOf(state, [entry]), ended) });
  }

  return {
    silent: answers.silent,
    /** @param indices  of runs, the most wanted first */
    of(state: State, scene: Scene, indices: number[]): Held[] {
      ask(state, scene, indices);
      return indices.map((index) => held(state, index));
    },
  };
}
