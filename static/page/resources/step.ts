/** The working of one step, as the API tells it. LaTeX is marked (words/marks.ts) and rounded, values are in full. */

import { sampleIndex } from "../state/networkStep.ts";
import type { Entry, State } from "../state/types.ts";
import { ofRun, replyOf } from "./resource.ts";

/** The need for the working of a step; of a network only the chosen sample is written out. */
export function stepNeed(state: State, entry: Entry, t: number) {
  const { samples = [] } = state.problemOnMap?.problem.network ?? {};
  const isAll = !state.runs[entry.id]?.columns.batch?.length;
  const sample = state.problem.network ? sampleIndex(samples, isAll, state.explain.sample) : undefined;
  return ofRun(state, entry, { t, marked: true, sample });
}

/** So many steps are kept that going back and forth over some seconds of a run needs no request. */
export const step = replyOf("step", 400, "/trajectories/step");
