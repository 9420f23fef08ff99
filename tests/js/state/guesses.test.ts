import assert from "node:assert/strict";
import { test } from "node:test";
import {
  answerDistance,
  countFarther,
  countsByChoice,
  countWithin,
  guessesInSight,
  middleGuess,
  nearDistance,
  setGuesses,
} from "../../../static/page/state/guesses.ts";
import { withPreset } from "../../../static/page/state/preset.ts";
import { createScene } from "../../../static/page/state/scene.ts";
import { addressOf, emptyState, problemKey, withAddress } from "../../../static/page/state/state.ts";
import { exercised } from "../exercised.ts";

test("the middle of places is the entry with the least sum of distances: somebody's", () => {
  // From (1, 1): 1.414 + 3.162 + 2.236 = 6.81; from (0, 0): 1.414 + 4 + 3 = 8.41; the others are further still.
  const places = [
    [0, 0],
    [4, 0],
    [0, 3],
    [1, 1],
  ];
  assert.deepEqual(middleGuess({ kind: "place" }, places), [1, 1]);
  // Of the corners of a square each has 2 + √2: the first of them.
  const square = [
    [1, 1],
    [0, 1],
    [0, 0],
    [1, 0],
  ];
  assert.deepEqual(middleGuess({ kind: "place" }, square), [1, 1]);
  assert.deepEqual(middleGuess({ kind: "place" }, [[2], [9], [3]]), [3]);
});

test("of steps it is the median, of runs and choices there is none, nor of nobody", () => {
  assert.equal(middleGuess({ kind: "step" }, [300, 20, 70]), 70);
  assert.equal(middleGuess({ kind: "step" }, [100, 10, 60, 20]), 40); // half of 20 + 60
  assert.equal(middleGuess({ kind: "step" }, [9]), 9);
  assert.equal(middleGuess({ kind: "run" }, [0, 1, 1]), null);
  assert.equal(middleGuess({ kind: "choice" }, [0]), null);
  assert.equal(middleGuess({ kind: "place" }, []), null);
});

test("how many chose each, how many are near, and how many further", () => {
  assert.deepEqual(countsByChoice([0, 2, 2, 0, 2], 4), [2, 0, 3, 0]);
  const places = [
    [3, 4],
    [0, 1],
    [6, 8],
  ];
  assert.equal(answerDistance([0, 0], [3, 4]), 5);
  assert.deepEqual([countWithin(places, [0, 0], 5), countWithin(places, [0, 0], 0.5)], [2, 0]);
  assert.equal(countFarther(places, [3, 4], [0, 0]), 1);
  // At as much too few and too many nobody is nearer.
  assert.equal(countFarther([170, 186, 100], 170, 178), 1);
});

test("what counts as near is a round part of what is in sight, or of the number", () => {
  assert.equal(nearDistance([0, 0], [12, 12]), 1); // 0.6
  assert.equal(nearDistance([0, 0], [4, 3]), 0.2); // 0.15
  assert.equal(nearDistance(178, []), 50); // 35.6
  assert.equal(nearDistance(0, []), 1);
});

test("a figure draws them once the question is left, and what is right once nothing lies ahead", () => {
  const preset = { query: "", guess: { kind: "step", run: 0, answer: 2 } };
  const empty = withPreset(exercised(emptyState(), { ahead: "hidden", isOwn: true, preset }));
  const run = { problemKey: problemKey(empty), columns: { parameters: [] }, length: 5, end: { n_steps: 4 } };
  const guesses = { kind: "step" as const, choices: null, entries: [1, 3], truth: 2, again: null };
  const asked: any = { ...setGuesses(empty, guesses), entries: [{ id: 1, slot: 0, optimizer: {} }], runs: { 1: run } };
  const state = {
    ...asked,
    problemOnMap: { key: problemKey(asked), spec: {}, problem: { parameters: [], minima: [] } },
  };
  const drawn = (until: number) => guessesInSight(createScene()({ state, until, wall: 0 }));
  assert.equal(drawn(0), null);
  assert.deepEqual(drawn(2), { ...guesses, truth: null, run: 0 });
  assert.deepEqual(drawn(4)?.truth, 2);
  const another = withAddress(asked, addressOf(asked, null));
  assert.equal(another.exercise.guesses, null, "another address asks something else");
});
