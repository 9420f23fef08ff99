/**
 * A preset goes through four beats: question, run, sentence, change. `beatOf` computes the present beat, `hidesOutcome`
 * whether the answer must stay hidden, and `GO_TO_BEAT` the state of another beat. Presets, walls, lessons and rooms
 * all read these.
 */

import { setStart } from "./actions.ts";
import { changesRuns } from "./edits.ts";
import { hidesAhead, presetWithStatus, showsStartOnly, withExercise } from "./exercise.ts";
import { addressOfPreset, withParam } from "./preset.ts";
import { asksPlace } from "./questions.ts";
import { extentOf } from "./state.ts";
import type { Answer, Beat, Edit, Exercise, Preset, ProposedChange, Run, State } from "./types.ts";

/** The beats of a preset in their order, with the words that visitors read. */
export const BEATS = { question: "Question", run: "Run", sentence: "Answer", change: "Change" };

export type BeatInOrder = keyof typeof BEATS;

/** All that the beat depends on. */
export interface PlaybackState {
  state: State;
  /** the position of the playhead, in steps; fractions lie between two rows */
  step: number;
  playing: boolean;
}

/** On a wall, or led by another figure, the outcome shows after a press; elsewhere once the runs have ended. */
const waitsForPresenter = ({ projector, exercise: { preset, leader } }: State) =>
  preset !== null && (projector || leader !== null);

/** @returns whether the outcome of the runs must not show yet */
export function hidesOutcome(state: State, step: number): boolean {
  const { length, complete } = extentOf(state);
  return hidesAhead(state) && (waitsForPresenter(state) || !complete || step < length);
}

/** @returns the last step that is drawn; Infinity: all are */
export const lastDrawnStep = (state: State, step: number): number =>
  hidesAhead(state) || (state.exercise.ahead === "undecided" && !state.catalog) ? step : Infinity;

/** @returns null: the runs are of no preset */
export function beatOf({ state, step, playing }: PlaybackState): Beat | null {
  if (presetWithStatus(state, "changed", "varied")) return "change";
  if (!presetWithStatus(state, "prepared")) return null;
  if (state.exercise.proposes) return "change";
  if (!hidesOutcome(state, step)) return "sentence";
  return step > 0 || playing ? "run" : "question";
}

/** @returns the beats of a preset in order, each with its label: all four, or three without a proposed change */
export const beatsOf = ({ change }: Preset): [BeatInOrder, string][] =>
  (Object.entries(BEATS) as [BeatInOrder, string][]).filter(([beat]) => beat !== "change" || change);

/** Changes the exercise. If that hides or shows the rows ahead, it is an edit, which the history keeps. */
function withAhead(state: State, fields: Partial<Exercise>): State {
  const next = withExercise(state, fields);
  return hidesAhead(next) === hidesAhead(state) ? next : { ...next, edit: { kind: "hides" } };
}

/** Hides the rows ahead of the playhead: the question is open again. */
export const hideAhead = (state: State): State =>
  showsStartOnly(state) ? state : withAhead(state, { ahead: "hidden", proposes: false });

export const showAhead = (state: State): State =>
  state.exercise.ahead === "hidden" ? withAhead(state, { ahead: "shown", proposes: false }) : state;

/** Shows the starts of the runs alone, or all rows again. */
export const setStartOnly = (state: State, holds: boolean): State =>
  showsStartOnly(state) === holds ? state : withAhead(state, { ahead: holds ? "startOnly" : "shown" });

/** Sets the value that a preset proposes to change. */
export function applyProposedChange(state: State, { control: { run, param, value } }: ProposedChange): State {
  if (run === null) return setStart(state, value as number[], false);
  const entries = state.entries.map((entry, k) =>
    k === run ? { ...entry, optimizer: withParam(entry.optimizer, param, value) } : entry,
  );
  return {
    ...state,
    entries,
    dragging: false,
    edit: { kind: "value", target: `${param} of ${state.entries[run].id}` },
  };
}

/** Restores the runs of the preset and shows the change it proposes; an open question is asked again instead. */
export function restorePreset(state: State): State {
  const preset = presetWithStatus(state, "changed", "varied");
  if (!preset) return state;
  const { start, optimizers } = addressOfPreset(preset, false).spec;
  const entries = state.entries.map((entry, k) => ({ ...entry, optimizer: optimizers[k] }));
  const edit: Edit = { kind: "value", target: "as it was" };
  const back = { ...state, start, entries, dragging: false, edit };
  return state.exercise.ahead === "shownEarly" ? hideAhead(back) : withExercise(back, { proposes: true });
}

/**
 * Shows what a preset proposes to change. If that is not a learning rate, whose slider always shows, its run is
 * selected, which opens its settings.
 */
function showProposedChange(state: State): State {
  const { run = null, param = "" } = presetWithStatus(state, "prepared")?.change?.control ?? {};
  const opened = run === null || param === "learning_rate" ? state.selected : state.entries[run].id;
  return { ...withExercise(state, { proposes: true }), selected: opened };
}

/** What going to a beat changes: the state, and, where given, the step of the playhead and whether it plays. */
export interface BeatChange {
  state: State;
  step?: number;
  plays?: boolean;
}

/** How to go to each beat; null: a change can only be proposed while the runs are as prepared. */
export const GO_TO_BEAT: Record<BeatInOrder, (state: State) => BeatChange | null> = {
  question: (state) => ({ state: hideAhead(restorePreset(state)), step: 0 }),
  run: (state) => ({ state: hideAhead(restorePreset(state)), step: 0, plays: true }),
  sentence(state) {
    const back = withExercise(restorePreset(state), { proposes: false });
    return { state: state.projector ? showAhead(back) : back, step: Infinity };
  },
  change: (state) => presetWithStatus(state, "prepared") && { state: showProposedChange(state) },
};

/**
 * Decides for a new address whether the rows ahead are hidden, once the catalog shows whether its runs are those of a
 * preset: if they are and would play by themselves, its question comes first. An address that names a run or an
 * explanation plays, with the rows ahead hidden.
 */
export function askFirst({ state, playing }: PlaybackState): BeatChange | null {
  const { ahead, proposes, leader } = state.exercise;
  if (ahead !== "undecided" || !state.catalog) return null;
  const hides = playing && state.edit.kind === "open" && !leader && !proposes && presetWithStatus(state, "prepared");
  const decided = withAhead(state, { ahead: hides ? "hidden" : "shown" });
  const asks = hides && state.selected === null && !state.explain.explanation;
  return { state: decided, step: asks ? 0 : undefined };
}

/** Stops hiding rows once the outcome shows, so that the answer stays. @param playback  at the end of all runs */
export const showAheadAtEnd = (state: State, playback: PlaybackState): State =>
  beatOf({ ...playback, state }) === "sentence" ? showAhead(state) : state;

export const setAnswer = (state: State, answer: Answer | null): State => withExercise(state, { answer });

/** Sets one coordinate of an answered place. @param others  coordinates to start from while there is no answer */
export const setAnswerCoordinate = (state: State, parameter: number, value: number, others: number[]): State =>
  setAnswer(state, ((state.exercise.answer as number[] | null) ?? others).with(parameter, value));

/** @returns whether the open question asks for a place on the map */
export const isPlaceQuestionOpen = ({ state, beat }: { state: State; beat: Beat | null }): boolean =>
  beat === "question" && asksPlace(state.exercise.preset?.guess);

/** @returns the control that the preset proposes to change, while the proposal shows */
const proposedControl = (state: State) =>
  state.exercise.proposes ? presetWithStatus(state, "prepared")?.change?.control : undefined;

/** @returns the index of the run whose value is proposed to be changed; null: none is */
export const proposedRun = (state: State): number | null => proposedControl(state)?.run ?? null;

export const proposesStart = (state: State): boolean => proposedControl(state)?.run === null;

/** Shows the rows ahead once a visitor has changed a run, unless the figure is held at its start. */
export function showAheadOnceEdited(state: State, before: State): State {
  const isHidden = before.exercise.ahead === "hidden" && state.exercise.ahead === "hidden";
  const isEdited = !["open", "restore"].includes(state.edit.kind) && changesRuns(state, before);
  if (!isHidden || !isEdited) return state;
  const isAsked = beatOf({ state: before, step: 0, playing: false }) === "question";
  return withExercise(state, { ahead: isAsked ? "shownEarly" : "shown" });
}

/** @returns the rows of a run up to a step, without its end unless that is reached */
export function runUntil(run: Run, until: number): Run {
  const length = Math.min(run.length, Math.ceil(until) + 1);
  const over = run.end !== null && until >= run.end.n_steps;
  return length === run.length && (over || !run.end) ? run : { ...run, length, end: over ? run.end : null };
}
