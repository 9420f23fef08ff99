/**
 * What comes of a press of a clicker, on or back: in a scene from beat to beat, in the figure of a lesson from substep
 * to substep, or from step to step, too. Null: there is nothing to go to.
 */
import {
  type BeatChange,
  beatOf,
  hideAhead,
  hidesOutcome,
  makeChange,
  type PlaybackState,
  showAhead,
  TO_BEAT,
  takeBack,
} from "./beats.ts";
import { hidesAhead, isHeld, presetOf, withExercise } from "./exercise.ts";
import { explain } from "./explain.ts";
import { extentOf } from "./state.ts";
import type { State } from "./types.ts";

const isAtEnd = ({ state, step }: PlaybackState) => {
  const { length } = extentOf(state);
  return length > 0 && step >= length;
};

/** A scene runs in one press, and ends with its change made. */
export function onInScene(playback: PlaybackState): BeatChange | null {
  const { state, step, playing } = playback;
  const preset = presetOf(state, "prepared");
  if (!preset) return null;
  const beat = beatOf(playback);
  if (beat === "change") return preset.change ? { state: makeChange(state, preset.change) } : null;
  if (beat === "sentence") return preset.change ? TO_BEAT.change(state) : null;
  if (!playing && isAtEnd(playback)) return { state: showAhead(state) };
  return playing || step > 0 ? { state, step: Infinity } : { state, plays: true };
}

export function backInScene(playback: PlaybackState): BeatChange | null {
  const { state, step } = playback;
  if (presetOf(state, "changed", "varied")) return { state: takeBack(state) };
  if (!presetOf(state, "prepared")) return null;
  const beat = beatOf(playback);
  if (beat === "change") return { state: withExercise(state, { proposes: false }) };
  if (beat === "sentence") return { state: hideAhead(state), step: Infinity };
  return step > 0 ? { state, step: 0 } : null;
}

/** How the figure of a lesson is gone through. */
export interface Pace {
  /** taken one at a time, before the rest is played; where nothing is asked all is shown meanwhile */
  steps: number;
  /** where a network rests within a step, and those after it, one by one; none: it runs */
  substeps: string[];
}

/** @returns the substep after the one that is shown, or before it */
const substepBeside = ({ explain: { substep } }: State, { substeps }: Pace, by: 1 | -1): string | undefined =>
  substeps[substeps.indexOf(substep ?? "") + by];

/** Where nothing is asked its first steps are taken with all shown. */
const isTold = ({ state, step }: PlaybackState, { steps }: Pace) =>
  hidesAhead(state) ? !hidesOutcome(state, step) : !steps;

export function onInLesson(playback: PlaybackState, pace: Pace): BeatChange | null {
  const { state, step, playing } = playback;
  if (isHeld(state)) return null;
  const tell = hidesAhead(state) ? { state: showAhead(state) } : null;
  if (pace.substeps.length) {
    const substep = substepBeside(state, pace, 1);
    return tell ?? (substep ? { state: explain(state, { substep }), plays: false } : null);
  }
  if (isTold(playback, pace)) return null;
  if (playing) return { state, step: Infinity };
  if (isAtEnd(playback)) return tell;
  return step < pace.steps ? { state, step: Math.floor(step) + 1 } : { state, plays: true };
}

export function backInLesson(playback: PlaybackState, pace: Pace): BeatChange | null {
  const { state, step } = playback;
  const hasSubsteps = pace.substeps.length > 0;
  const substep = substepBeside(state, pace, -1);
  if (substep) return { state: explain(state, { substep }) };
  if (isTold(playback, pace)) return { state: hideAhead(state), ...(!hasSubsteps && { step: Infinity }) };
  return step > 0 && !hasSubsteps ? { state, step: Math.min(pace.steps, Math.ceil(step) - 1) } : null;
}
