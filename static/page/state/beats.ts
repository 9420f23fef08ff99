/**
 * A preset goes from beat to beat: question, run, sentence, change. `beatOf` says where it is, `hidesOutcome` whether
 * its answer may be seen, `TO_BEAT` what leads to a beat; scenes, walls, lessons and rooms show that.
 */

import { setStart } from "./actions.ts";
import { isEdited } from "./edits.ts";
import { hidesAhead, isHeld, presetOf, withExercise } from "./exercise.ts";
import { addressOfPreset, withValue } from "./preset.ts";
import { asksPlace } from "./questions.ts";
import { extentOf } from "./state.ts";
import type { Answer, Beat, Edit, Exercise, Preset, ProposedChange, Run, State } from "./types.ts";

/** The beats of a preset in their order, with the words that visitors read. */
const BEATS = { question: "Question", run: "Run", sentence: "Answer", change: "Change" };

export type BeatInOrder = keyof typeof BEATS;

/** What the beat depends on. */
export interface PlaybackState {
  state: State;
  /** at which the playhead stands */
  step: number;
  playing: boolean;
}

/** On a wall, and where another figure leads, what the runs come to is told by a press; elsewhere at their end. */
const waitsForPress = ({ projector, exercise: { preset, leader } }: State) =>
  preset !== null && (projector || leader !== null);

/** Whether it is hidden what the runs come to. */
export function hidesOutcome(state: State, step: number): boolean {
  const { length, complete } = extentOf(state);
  return hidesAhead(state) && (waitsForPress(state) || !complete || step < length);
}

/** @returns the step after which nothing is drawn */
export const drawnUntil = (state: State, step: number): number =>
  hidesAhead(state) || (state.exercise.ahead === "undecided" && !state.catalog) ? step : Infinity;

/** @returns null: the runs are of no preset */
export function beatOf({ state, step, playing }: PlaybackState): Beat | null {
  if (presetOf(state, "changed", "varied")) return "change";
  if (!presetOf(state, "prepared")) return null;
  if (state.exercise.proposes) return "change";
  if (!hidesOutcome(state, step)) return "sentence";
  return step > 0 || playing ? "run" : "question";
}

/** @returns the beats that a preset has */
export const beatsOf = ({ change }: Preset): [BeatInOrder, string][] =>
  (Object.entries(BEATS) as [BeatInOrder, string][]).filter(([beat]) => beat !== "change" || change);

/** Where that hides what lies ahead, or shows it, it is the last edit. */
function turned(state: State, fields: Partial<Exercise>): State {
  const next = withExercise(state, fields);
  return hidesAhead(next) === hidesAhead(state) ? next : { ...next, edit: { kind: "hides" } };
}

/** The question is asked, again where it was told. */
export const hideAhead = (state: State): State =>
  isHeld(state) ? state : turned(state, { ahead: "hidden", proposes: false });

export const showAhead = (state: State): State =>
  state.exercise.ahead === "hidden" ? turned(state, { ahead: "shown", proposes: false }) : state;

/** Its start alone is shown, or all again. */
export const holdAtStart = (state: State, holds: boolean): State =>
  isHeld(state) === holds ? state : turned(state, { ahead: holds ? "held" : "shown" });

/** Makes the change that a preset proposes. */
export function makeChange(state: State, { control: { run, param, value } }: ProposedChange): State {
  if (run === null) return setStart(state, value as number[], false);
  const entries = state.entries.map((entry, k) =>
    k === run ? { ...entry, optimizer: withValue(entry.optimizer, param, value) } : entry,
  );
  return { ...state, entries, moving: false, edit: { kind: "value", target: `${param} of ${state.entries[run].id}` } };
}

/** Sets the runs back to those of the preset, and tells what it proposes to change, or asks what was left open. */
export function takeBack(state: State): State {
  const preset = presetOf(state, "changed", "varied");
  if (!preset) return state;
  const { start, optimizers } = addressOfPreset(preset, false).spec;
  const entries = state.entries.map((entry, k) => ({ ...entry, optimizer: optimizers[k] }));
  const edit: Edit = { kind: "value", target: "as it was" };
  const back = { ...state, start, entries, moving: false, edit };
  return state.exercise.ahead === "shownEarly" ? hideAhead(back) : withExercise(back, { proposes: true });
}

/** Tells what a preset proposes to change. Where that is no learning rate, the settings of its run are opened. */
function propose(state: State): State {
  const { run = null, param = "" } = presetOf(state, "prepared")?.change?.control ?? {};
  const opened = run === null || param === "learning_rate" ? state.selected : state.entries[run].id;
  return { ...withExercise(state, { proposes: true }), selected: opened };
}

/** A state, and the step to which the playhead goes and whether it plays, where these change. */
export interface BeatChange {
  state: State;
  step?: number;
  plays?: boolean;
}

/** What it takes to go to a beat. With runs set otherwise there is no change to propose. */
export const TO_BEAT: Record<BeatInOrder, (state: State) => BeatChange | null> = {
  question: (state) => ({ state: hideAhead(takeBack(state)), step: 0 }),
  run: (state) => ({ state: hideAhead(takeBack(state)), step: 0, plays: true }),
  sentence(state) {
    const back = withExercise(takeBack(state), { proposes: false });
    return { state: state.projector ? showAhead(back) : back, step: Infinity };
  },
  change: (state) => presetOf(state, "prepared") && { state: propose(state) },
};

/**
 * Once the catalog says whether the runs of a new address are a preset's: where they would play by themselves, its
 * question comes first. An address that names a run or an explanation plays, and tells no more than has come.
 */
export function askFirst({ state, playing }: PlaybackState): BeatChange | null {
  const { ahead, proposes, leader } = state.exercise;
  if (ahead !== "undecided" || !state.catalog) return null;
  const hides = playing && state.edit.kind === "open" && !leader && !proposes && presetOf(state, "prepared");
  const decided = turned(state, { ahead: hides ? "hidden" : "shown" });
  const asks = hides && state.selected === null && !state.explain.explanation;
  return asks ? { state: decided, step: 0, plays: false } : { state: decided };
}

/** @param playback  at the end of all runs @returns the state in which the preset's answer shows until it asks again */
export const stopHidingOnceTold = (state: State, playback: PlaybackState): State =>
  beatOf({ ...playback, state }) === "sentence" ? showAhead(state) : state;

export const giveAnswer = (state: State, answer: Answer | null): State => withExercise(state, { answer });

/** @param others  the values of the other parameters while nothing has been answered */
export const giveCoordinate = (state: State, parameter: number, value: number, others: number[]): State =>
  giveAnswer(state, ((state.exercise.answer as number[] | null) ?? others).with(parameter, value));

/** @returns what the question asks for while it is open */
const openGuess = (playback: PlaybackState) =>
  beatOf(playback) === "question" ? playback.state.exercise.preset?.guess : undefined;

/** @returns the index of the run whose place on the map is asked for; null: none is */
export function runToPlace(playback: PlaybackState): number | null {
  const guess = openGuess(playback);
  return asksPlace(guess) ? guess.run : null;
}

/** @returns the index of the run that an open question is of: the others stand back; null: of none, or of several */
export function questionRun(playback: PlaybackState): number | null {
  const guess = openGuess(playback);
  return guess && "run" in guess ? guess.run : null;
}

/** @returns the control that the preset proposes to change, while that is told */
const proposed = (state: State) => (state.exercise.proposes ? presetOf(state, "prepared")?.change?.control : undefined);

/** @returns the index of the run that it is of, if it is of one */
export const proposedRun = (state: State): number | null => proposed(state)?.run ?? null;

export const proposesStart = (state: State): boolean => proposed(state)?.run === null;

/** After an edit of what runs nothing is hidden any more, unless it is held. */
export function stopHidingOnceEdited(state: State, before: State): State {
  const isHidden = before.exercise.ahead === "hidden" && state.exercise.ahead === "hidden";
  if (!isHidden || state.edit.kind === "open" || !isEdited(state, before)) return state;
  const isAsked = beatOf({ state: before, step: 0, playing: false }) === "question";
  return withExercise(state, { ahead: isAsked ? "shownEarly" : "shown" });
}

/** @param until  the playhead @returns the run as far as it has come by then */
export function upTo(run: Run, until: number): Run {
  const length = Math.min(run.length, Math.ceil(until) + 1);
  const over = run.end !== null && until >= run.end.n_steps;
  return length === run.length && (over || !run.end) ? run : { ...run, length, end: over ? run.end : null };
}
