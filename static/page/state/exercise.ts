/** The exercise of a figure: a question about runs, its answer, and how far it is told what they come to. */
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
  guesses: null,
};

type Exercised = Pick<State, "exercise">;

/** @returns the same state where no field changes */
export function withExercise(state: State, fields: Partial<Exercise>): State {
  const { exercise } = state;
  const same = Object.entries(fields).every(([name, value]) => Object.is(exercise[name as keyof Exercise], value));
  return same ? state : { ...state, exercise: { ...exercise, ...fields } };
}

/** Whether only rows up to the playhead are drawn. */
export const hidesAhead = ({ exercise: { ahead } }: Exercised): boolean => ahead === "hidden" || ahead === "held";

/** Whether only its start is drawn. */
export const isHeld = ({ exercise: { ahead } }: Exercised): boolean => ahead === "held";

/** @param kinds  what may have become of it @returns the preset that is meant; null: something else has become of it */
export const presetOf = ({ exercise }: Exercised, ...kinds: Exercise["presetStatus"][]): Preset | null =>
  kinds.includes(exercise.presetStatus) ? exercise.preset : null;

/** @returns the preset on whose landscape the runs are, whatever runs there */
export const presetInPlace = (state: Exercised): Preset | null =>
  presetOf(state, "prepared", "changed", "varied", "replaced");

/** @returns the preset whose optimizers run on its landscape, whatever their values */
export const presetOfRuns = (state: Exercised): Preset | null => presetOf(state, "prepared", "changed", "varied");
