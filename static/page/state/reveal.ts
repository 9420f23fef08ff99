/** Actions on the beats of a preset: its question, its run, its sentence, its change. */

import { isEdited } from "./edits.ts";
import { presetOf } from "./preset.ts";
import type { Answer, Preset, Run, State } from "./types.ts";

/** The beats of a preset in their order, with the words that visitors read. */
const BEATS = { question: "Question", run: "Run", sentence: "Sentence", change: "Change" };

/** The beat that a preset has come to. On a wall, and where another figure leads, the sentence waits for a press. */
export type Beat = keyof typeof BEATS;

/** What the beat depends on. */
export interface Moment {
  state: State;
  step: number;
  playing: boolean;
  /** steps of the longest run */
  longest: number;
}

export function beatOf({ state, step, playing, longest }: Moment): Beat {
  if (state.proposes) return "change";
  if (!state.reveal || (!state.projector && !state.led && longest > 0 && step >= longest && !playing))
    return "sentence";
  return step > 0 || playing ? "run" : "question";
}

/** @returns the preset whose words are shown, and its beat; null: the runs are of no preset */
export function presetShown(moment: Moment): { preset: Preset; beat: Beat } | null {
  const { preset, presetIs } = moment.state;
  if (!preset || presetIs === "replaced" || presetIs === "left") return null;
  // Its question and sentence are about the runs as prepared, not about others.
  return { preset, beat: presetIs === "prepared" ? beatOf(moment) : "change" };
}

/** @returns the beats that a preset has */
export const beatsOf = ({ change }: Preset): [Beat, string][] =>
  (Object.entries(BEATS) as [Beat, string][]).filter(([beat]) => beat !== "change" || change);

export function setReveal(state: State, reveal: boolean): State {
  return state.reveal === reveal ? state : { ...state, reveal, proposes: false, edit: { kind: "reveal" } };
}

/**
 * Decides, once the catalog says whether the runs of a new address are a preset's, whether they are told as far as they
 * have come: where the address plays by itself.
 */
export function begin(state: State, { playing }: Pick<Moment, "playing">): State {
  if (!state.begins || !state.catalog) return state;
  const hides = playing && state.edit.kind === "open" && !state.led && presetOf(state, "prepared");
  return { ...(hides ? setReveal(state, true) : state), begins: false };
}

/** @returns the state in which the preset asks again */
export const ask = (state: State): State => ({ ...setReveal(state, true), proposes: false });

export const giveAnswer = (state: State, answer: Answer | null): State => ({ ...state, answer });

/** @param others  the values of the other parameters while nothing has been answered */
export const giveCoordinate = (state: State, parameter: number, value: number, others: number[]): State =>
  giveAnswer(state, ((state.answer as number[] | null) ?? others).with(parameter, value));

/** Tells what a preset proposes to change. Where that is no learning rate, the settings of its run are opened. */
export function propose(state: State, proposes: boolean): State {
  if (!proposes) return { ...state, proposes };
  const { run = null, param = "" } = presetOf(state, "prepared")?.change?.control ?? {};
  const opened = run === null || param === "learning_rate" ? state.selected : state.entries[run].id;
  return { ...state, selected: opened, proposes: true };
}

/** @returns the index of the run whose place on the map is asked for; null: none is */
export function runToPlace(moment: Moment): number | null {
  const guess = beatOf(moment) === "question" ? presetOf(moment.state, "prepared")?.guess : null;
  return guess?.kind === "place" ? guess.run : null;
}

/** @returns the control that the preset proposes to change, while that is told */
const proposed = (state: State) => (state.proposes ? presetOf(state, "prepared")?.change?.control : undefined);

/** @returns the index of the run that it is of, if it is of one */
export const proposedRun = (state: State): number | null => proposed(state)?.run ?? null;

export const proposesStart = (state: State): boolean => proposed(state)?.run === null;

/** After an edit of what runs nothing is hidden any more. */
export const afterEdit = (state: State, before: State): State =>
  state.reveal && state.edit.kind !== "open" && isEdited(state, before) ? { ...state, reveal: false } : state;

/** @param until  the playhead @returns the run as far as it has come by then */
export function upTo(run: Run, until: number): Run {
  const length = Math.min(run.length, Math.ceil(until) + 1);
  const over = run.end !== null && until >= run.end.n_steps;
  return length === run.length && (over || !run.end) ? run : { ...run, length, end: over ? run.end : null };
}
