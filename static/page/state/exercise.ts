/** The exercise of a figure: the question about its runs, the answer given, and whether their outcome shows. */
import type { Exercise, Preset, State } from "./types.ts";

export const NO_EXERCISE: Exercise = {
  ahead: "shown",
  proposes: false,
  preset: null,
  presetStatus: "gone",
  isOwn: false,
  replacedOwnRuns: false,
  leader: null,
  answer: null,
  changeAnswer: null,
  guesses: null,
};

type Exercised = Pick<State, "exercise">;

/** @returns the same state where no field changes */
export function withExercise(state: State, fields: Partial<Exercise>): State {
  const { exercise } = state;
  const same = Object.entries(fields).every(([name, value]) => Object.is(exercise[name as keyof Exercise], value));
  return same ? state : { ...state, exercise: { ...exercise, ...fields } };
}

/** @returns whether only rows up to the playhead are drawn */
export const hidesAhead = ({ exercise: { ahead } }: Exercised): boolean => ahead === "hidden" || ahead === "startOnly";

/** @returns whether only the starts of the runs are drawn */
export const showsStartOnly = ({ exercise: { ahead } }: Exercised): boolean => ahead === "startOnly";

/** @returns the preset of the exercise if its status is one of those listed; else null */
export const presetWithStatus = ({ exercise }: Exercised, ...statuses: Exercise["presetStatus"][]): Preset | null =>
  statuses.includes(exercise.presetStatus) ? exercise.preset : null;

/** @returns the preset whose landscape is shown, with its own runs or others; null: none */
export const presetOfLandscape = (state: Exercised): Preset | null =>
  presetWithStatus(state, "prepared", "changed", "varied", "replaced");

/** @returns the preset whose optimizers run, with its own values or others; null: none */
export const presetOfRuns = (state: Exercised): Preset | null =>
  presetWithStatus(state, "prepared", "changed", "varied");
