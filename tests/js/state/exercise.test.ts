/** All ways of an exercise from stage to stage. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, isHiding, isProposing, type Move, STAGE_AFTER } from "../../../static/page/state/exercise.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import type { ExerciseStage, State } from "../../../static/page/state/types.ts";
import { exercised } from "../exercised.ts";

/** What each stage hides and proposes; undecided is what has neither yet. */
const STAGES: Record<ExerciseStage, { hides: boolean; proposes: boolean }> = {
  undecided: { hides: false, proposes: false },
  hides: { hides: true, proposes: false },
  shows: { hides: false, proposes: false },
  proposes: { hides: false, proposes: true },
  proposesHiding: { hides: true, proposes: true },
};

type Seen = (typeof STAGES)[ExerciseStage] & { undecided: boolean };

/** What each move does to that. */
const MOVES: Record<Move, (before: Seen) => Partial<Seen>> = {
  play: () => ({ undecided: true, hides: false, proposes: false }),
  rest: () => ({ undecided: false, hides: false, proposes: false }),
  ask: () => ({ undecided: false, hides: true, proposes: false }),
  decideToShow: () => ({ undecided: false }),
  // Where nothing is hidden there is nothing to tell.
  tell: ({ hides }) => (hides ? { hides: false, proposes: false } : {}),
  propose: () => ({ undecided: false, proposes: true }),
  withdraw: () => ({ proposes: false }),
  hide: () => ({ undecided: false, hides: true }),
  show: () => ({ hides: false }),
};

const seenIn = (state: State): Seen => ({
  hides: isHiding(state),
  proposes: isProposing(state),
  undecided: state.exercise.stage === "undecided",
});

test("each move, from each stage, changes what it is about and nothing else", () => {
  for (const [stage, is] of Object.entries(STAGES) as [ExerciseStage, Seen][]) {
    const state = exercised(emptyState(), { stage, answer: 2 });
    const before = { ...is, undecided: stage === "undecided" };
    assert.deepEqual(seenIn(state), before);
    for (const move of Object.keys(STAGE_AFTER) as Move[]) {
      const next = advance(state, move);
      assert.deepEqual(seenIn(next), { ...before, ...MOVES[move](before) }, `${move} from ${stage}`);
      assert.deepEqual(exercised(next, { stage }), state);
      assert.equal(next === state, next.exercise.stage === stage, "the same where it stays");
    }
  }
});

test("an answer leaves the stage, and the same one all", () => {
  const answered = advance(exercised(emptyState(), { stage: "hides" }), null, { answer: 3 });
  assert.deepEqual([answered.exercise.stage, answered.exercise.answer], ["hides", 3]);
  assert.equal(advance(answered, null, { answer: 3 }), answered);
});
