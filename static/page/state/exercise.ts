/**
 * The exercise of a figure: a question about runs, its answer, and how far it is told what they come to.
 * `STAGE_AFTER` has all ways from stage to stage; every change of an exercise is made by `advance`.
 */
import type { Exercise, ExerciseStage, Preset, State } from "./types.ts";

export const NO_EXERCISE: Exercise = {
  stage: "shows",
  preset: null,
  presetIs: "gone",
  isOwn: false,
  replacedOwnRuns: false,
  leader: null,
  answer: null,
  guesses: null,
};

type StageAfter = Partial<Record<ExerciseStage | "any", ExerciseStage>>;

/** The stage that each move leads to, from each stage; from one that is not named it leads nowhere. */
export const STAGE_AFTER = {
  /** an address without a step is opened */
  play: { any: "undecided" },
  /** an address at a step is opened */
  rest: { any: "shows" },
  /** the question is asked, or an address that asks is opened */
  ask: { any: "hides" },
  /** the runs are those of no preset that asks by itself */
  decideToShow: { undecided: "shows" },
  /** what the runs come to is told */
  tell: { hides: "shows", proposesHiding: "shows" },
  propose: { undecided: "proposes", hides: "proposesHiding", shows: "proposes" },
  withdraw: { proposes: "shows", proposesHiding: "hides" },
  /** a wall is opened */
  hide: { undecided: "hides", shows: "hides", proposes: "proposesHiding" },
  /** what runs is set by hand */
  show: { hides: "shows", proposesHiding: "proposes" },
} satisfies Record<string, StageAfter>;

export type Move = keyof typeof STAGE_AFTER;

/** @param move  null: the stage stays @param fields  that change besides @returns the same state where none does */
export function advance(state: State, move: Move | null, fields: Partial<Omit<Exercise, "stage">> = {}): State {
  const { exercise: before } = state;
  const after: StageAfter = move ? STAGE_AFTER[move] : {};
  const exercise: Exercise = { ...before, ...fields, stage: after[before.stage] ?? after.any ?? before.stage };
  const same = Object.entries(exercise).every(([name, value]) => Object.is(before[name as keyof Exercise], value));
  return same ? state : { ...state, exercise };
}

type Exercised = Pick<State, "exercise">;

/** @returns whether only rows up to the playhead are drawn */
export const isHiding = ({ exercise: { stage } }: Exercised): boolean =>
  stage === "hides" || stage === "proposesHiding";

/** @returns whether it is told what the preset proposes to change */
export const isProposing = ({ exercise: { stage } }: Exercised): boolean =>
  stage === "proposes" || stage === "proposesHiding";

/** @param as  what may have become of it @returns the preset that is meant; null: something else has become of it */
export const presetOf = ({ exercise }: Exercised, ...as: Exercise["presetIs"][]): Preset | null =>
  as.includes(exercise.presetIs) ? exercise.preset : null;

/** @returns the preset on whose landscape the runs are, whatever runs there */
export const presetInPlace = (state: Exercised): Preset | null =>
  presetOf(state, "prepared", "changed", "varied", "replaced");

/** @returns the preset whose optimizers run on its landscape, whatever their values */
export const presetOfRuns = (state: Exercised): Preset | null => presetOf(state, "prepared", "changed", "varied");
