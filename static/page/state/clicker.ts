/**
 * Computes what a press of a clicker, on or back, leads to: in a preset the next beat, in the figure of a lesson also
 * the next step or substep. Null: there is nothing further.
 */
import {
  applyProposedChange,
  type BeatChange,
  beatOf,
  GO_TO_BEAT,
  hideAhead,
  hidesOutcome,
  type PlaybackState,
  restorePreset,
  showAhead,
} from "./beats.ts";
import { hidesAhead, presetWithStatus, showsStartOnly, withExercise } from "./exercise.ts";
import { setExplain } from "./explain.ts";
import { extentOf } from "./state.ts";
import type { State } from "./types.ts";

const isAtEnd = ({ state, step }: PlaybackState) => {
  const { length } = extentOf(state);
  return length > 0 && step >= length;
};

/** A press plays the runs, another shows the sentence, then the proposed change, and the last one makes it. */
export function nextInPreset(playback: PlaybackState): BeatChange | null {
  const { state, step, playing } = playback;
  const preset = presetWithStatus(state, "prepared");
  if (!preset) return null;
  const beat = beatOf(playback);
  if (beat === "change") return preset.change ? { state: applyProposedChange(state, preset.change) } : null;
  if (beat === "sentence") return preset.change ? GO_TO_BEAT.change(state) : null;
  if (!playing && isAtEnd(playback)) return { state: showAhead(state) };
  return playing || step > 0 ? { state, step: Infinity } : { state, plays: true };
}

export function previousInPreset(playback: PlaybackState): BeatChange | null {
  const { state, step } = playback;
  if (presetWithStatus(state, "changed", "varied")) return { state: restorePreset(state) };
  if (!presetWithStatus(state, "prepared")) return null;
  const beat = beatOf(playback);
  if (beat === "change") return { state: withExercise(state, { proposes: false }) };
  if (beat === "sentence") {
    const hidden = hideAhead(state);
    // At the end the sentence would show at once where it waits for no presenter.
    return { state: hidden, step: hidesOutcome(hidden, Infinity) ? Infinity : 0 };
  }
  return step > 0 ? { state, step: 0 } : null;
}

/** How presses lead through the figure of a lesson. */
export interface Pace {
  /** so many steps take a press each before the rest is played; without a question all rows show meanwhile */
  steps: number;
  /** names of the substeps of a network that presses lead to; empty: its runs are played */
  substeps: string[];
}

/** @returns the name of the next or previous substep; undefined: there is none */
const substepBeside = ({ explain: { substep } }: State, { substeps }: Pace, by: 1 | -1): string | undefined =>
  substeps[substeps.indexOf(substep ?? "") + by];

/** @returns whether presses have nothing left to show; without a question steps are taken with all rows shown */
const isOutcomeShown = ({ state, step }: PlaybackState, { steps }: Pace) =>
  hidesAhead(state) ? !hidesOutcome(state, step) : !steps;

export function nextInLesson(playback: PlaybackState, pace: Pace): BeatChange | null {
  const { state, step, playing } = playback;
  if (showsStartOnly(state)) return null;
  const reveal = hidesAhead(state) ? { state: showAhead(state) } : null;
  if (pace.substeps.length) {
    const substep = substepBeside(state, pace, 1);
    return reveal ?? (substep ? { state: setExplain(state, { substep }), plays: false } : null);
  }
  if (isOutcomeShown(playback, pace)) return null;
  if (playing) return { state, step: Infinity };
  if (isAtEnd(playback)) return reveal;
  return step < pace.steps ? { state, step: Math.floor(step) + 1 } : { state, plays: true };
}

export function previousInLesson(playback: PlaybackState, pace: Pace): BeatChange | null {
  const { state, step } = playback;
  const hasSubsteps = pace.substeps.length > 0;
  const substep = substepBeside(state, pace, -1);
  if (substep) return { state: setExplain(state, { substep }) };
  if (isOutcomeShown(playback, pace)) return { state: hideAhead(state), ...(!hasSubsteps && { step: Infinity }) };
  return step > 0 && !hasSubsteps ? { state, step: Math.min(pace.steps, Math.ceil(step) - 1) } : null;
}
