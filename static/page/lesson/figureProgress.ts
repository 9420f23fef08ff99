/** How far a figure of a lesson has come, as far as the style sheets ask: it follows from the state of the figure. */

import { hidesAhead, showsStartOnly } from "../state/exercise.ts";
import type { State } from "../state/types.ts";
import type { FigureData } from "./elements.ts";
import { paceOf } from "./moments.ts";

/** Which of these classes its element has. */
export interface FigureProgress {
  /** it was seen what is right: its caption may name that */
  "is-answered": boolean;
  /** on the wall: of its runs only rows up to the playhead are drawn */
  "hides-ahead": boolean;
  /** a substep after its answer shows, with which the question disappears on the wall */
  "is-beyond": boolean;
  /** it shows its start alone, until what a figure further down asks of its runs is answered */
  "is-start-only": boolean;
}

export const NOT_BEGUN = { "is-answered": false, "hides-ahead": false, "is-beyond": false, "is-start-only": false };

/** @param how.isLent  it shows what a text or a check speaks of, which tells nothing of its own runs and question */
export function progressIn(
  before: FigureProgress,
  state: State,
  data: FigureData,
  { wall, isLent }: { wall: boolean; isLent: boolean },
): FigureProgress {
  const { question, rests, substep } = data;
  const hides = hidesAhead(state);
  // Gone back to on the wall, a question is as it was before its answer, there and where it is followed.
  const isLed = question && (wall || state.exercise.leader);
  const { substeps } = paceOf(data);
  const restIndex = substeps.indexOf(typeof rests === "string" ? rests : (substep ?? ""));
  return {
    "is-answered": isLed && !isLent ? !hides : before["is-answered"],
    "hides-ahead": wall && !isLent ? hides : before["hides-ahead"],
    "is-beyond": substeps.indexOf(state.explain.substep ?? "") > Math.max(0, restIndex),
    "is-start-only": showsStartOnly(state),
  };
}
