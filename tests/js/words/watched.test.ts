import assert from "node:assert/strict";
import { test } from "node:test";
import type { Evidence, Guess, Run, Scene } from "../../../static/page/state/types.ts";
import { watchedWords } from "../../../static/page/words/watched.ts";

/** A run whose loss halves or stays, as far as the playhead. */
function runOf(short: string, losses: number[], stop_reason: string | null = null): Run {
  const parameters = [Float64Array.from(losses, (_, row) => 1 - row / 4), Float64Array.from(losses, () => 2)];
  const end = stop_reason && { stop_reason, n_steps: losses.length - 1 };
  return {
    name: short,
    short,
    hidden: false,
    columns: { parameters, loss: Float64Array.from(losses) },
    length: losses.length,
    end,
  } as unknown as Run;
}

const [quick, slow] = [runOf("Adam", [8, 4, 2, 1]), runOf("Descent", [8, 7, 6, 5])];
const GOAL = { kind: "goal", loss: 2, stays: false, text: "2", runs: null } as unknown as Evidence;

const say = (guess: object, shownRuns: Run[], evidence: Evidence[] = [], step = 3) =>
  watchedWords(
    guess as Guess,
    { shownRuns, wholeEvidence: evidence, problem: { minima: [], domain: [] } } as unknown as Scene,
    step,
  );

test("of a question for a place it says where the run is", () => {
  assert.equal(say({ kind: "place", run: 1 }, [quick, slow]), "Descent is at (0.25, 2), where the loss is 5.00.");
  assert.equal(say({ kind: "place", run: 1 }, [quick, slow], [], 0), "", "nothing has moved yet");
});

test("of a race it says who is lowest until one has come to the goal", () => {
  const race = { kind: "run", unit: "steps", values: [], places: [], answer: 0 };
  const [before, then] = [runOf("Adam", [8, 4]), runOf("Descent", [8, 7])];
  assert.equal(say(race, [before, then], [GOAL], 1), "Lowest now: Adam, loss 4.00; then Descent, 7.00.");
  assert.equal(say(race, [quick, slow], [GOAL]), "Adam is at loss 2 after 2 steps.");
  const late = runOf("Descent", [8, 7, 3, 2]);
  assert.equal(say(race, [late, quick], [GOAL]), "Adam is at loss 2 after 2 steps. Then Descent, 3.");
  const stays = { ...GOAL, stays: true } as Evidence;
  assert.equal(say(race, [quick, slow], [stays]), "Adam has been below loss 2 since step 2.");
});

test("of a question for steps it says what the run that is asked of does", () => {
  const steps = { kind: "step", run: 1, answer: 9 };
  assert.equal(say(steps, [quick, slow], [GOAL]), "Descent is at (0.25, 2), where the loss is 5.00.");
  const done = { ...GOAL, loss: null } as unknown as Evidence;
  assert.match(say(steps, [quick, slow], [done]), /^Descent is at/, "it is on its way");
  const stopped = runOf("Descent", [8, 7, 6, 5], "small_step");
  assert.equal(say(steps, [quick, stopped], [done]), "Descent is done after 3 steps.");
});

test("of a choice without a run it says who is lowest, and of one run alone where it is", () => {
  const choice = { kind: "choice", options: ["a", "b"], answer: 0, run: null };
  assert.equal(say(choice, [quick, slow]), "Lowest now: Adam, loss 1.00; then Descent, 5.00.");
  assert.match(say(choice, [quick]), /^Adam is at/);
});
