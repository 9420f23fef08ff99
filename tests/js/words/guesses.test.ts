import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer, Guesses } from "../../../static/page/state/types.ts";
import { distancesTitle, guessesWords, ownGuessWords } from "../../../static/page/words/guesses.ts";

const guesses = (kind: Guesses["kind"], entries: Answer[], truth: any, more: Partial<Guesses> = {}): Guesses => ({
  kind,
  run: null,
  choices: kind === "run" || kind === "choice" ? 3 : null,
  entries,
  truth,
  again: null,
  ...more,
});
const RUNS = { names: ["Adam", "RMSProp", "Momentum"], values: ["155 steps", "never", "12 steps"] };
const OPTIONS = { names: ["Shorter", "Longer", "Neither"] };
const MAP = {
  names: ["Adam", "RMSProp"],
  spans: [12, 12],
  ends: [
    { name: "Adam", at: [3, 4] },
    { name: "RMSProp", at: [-3, 4] },
  ],
};
/** The middle one is (3, 3): 3.61 + 3 + 1 is less than 2 + 3 + 3.16 from (0, 3). Near (0, 0) stands one, (3, 4) two. */
const FLAGS = [
  [0, 1],
  [0, 3],
  [3, 3],
  [3, 4],
];

const said = (given: Guesses, named: Parameters<typeof guessesWords>[1] = RUNS) => {
  const { strong, more } = guessesWords(given, named);
  return [strong, more];
};

test("of flags how far off the middle one is, and how many stand near what is right and near another end", () => {
  assert.deepEqual(said(guesses("place", FLAGS, [0, 0]), MAP), [
    "The middle guess is 4.2 off.",
    "Of 4 flags 1 stands within 1 of it, and 2 within 1 of where Adam ends.",
  ]);
  assert.deepEqual(
    said(guesses("place", FLAGS, [-3, -3]), { ...MAP, ends: [] })[1],
    "Of 4 flags none stands within 1 of it.",
  );
  // Nobody is told to stand near an end that is what is right.
  assert.deepEqual(said(guesses("place", FLAGS, [3, 4]), MAP)[1], "Of 4 flags 2 stand within 1 of it.");
  assert.deepEqual(said(guesses("place", [[3, 4]], [0, 0]), MAP), ["The only guess is 5.0 off.", ""]);
  const again = guesses("place", FLAGS, [0, 0], { again: [[0, 6]] });
  assert.match(said(again, MAP)[1], /^Before, it was 6\.0 off\. Of 4 flags/);
});

test("of runs and options how many said so: one, none, all, ties", () => {
  assert.deepEqual(said(guesses("run", [2, 0, 0, 1], 2)), ["1 of 4 said so.", "2 of 4 chose Adam: 155 steps."]);
  assert.deepEqual(said(guesses("run", [0, 0, 1, 1], 2)), [
    "None of 4 said so.",
    "Adam and RMSProp were chosen by 2 each.",
  ]);
  assert.deepEqual(said(guesses("run", [2, 2], 2)), ["All 2 said so.", ""]);
  assert.deepEqual(said(guesses("run", [2, 0], 2)), ["1 of 2 said so.", ""]);
  assert.deepEqual(said(guesses("run", [], 2)), ["Nobody answered.", ""]);
  assert.deepEqual(said(guesses("run", [0], 2)), ["The only one who answered said otherwise.", ""]);
  assert.deepEqual(said(guesses("choice", [1, 1, 0], 0), OPTIONS), ["1 of 3 said so.", "2 of 3 chose “Longer”."]);
  assert.deepEqual(said(guesses("choice", [0, 1], 1, { again: [1, 0, 0] }), OPTIONS), [
    "1 of 2 said so.",
    "Before, 1 of 3 did.",
  ]);
});

test("of steps by how many the middle is too few or too many", () => {
  assert.deepEqual(said(guesses("step", [20, 100, 150, 260], 178)), [
    "The middle guess is 125: 53 too few.", // half of 100 + 150
    "1 of 4 is within 50 of it, 3 said less.",
  ]);
  assert.equal(said(guesses("step", [200, 300], 178))[1], "1 of 2 is within 50 of it, 2 said more.");
  assert.equal(said(guesses("step", [178], 178))[0], "The only guess is 178, exactly that.");
  assert.equal(
    said(guesses("step", [1, 2, 3], 2, { again: [7] }))[1],
    "Before, the middle was 7. 3 of 3 are within 1 of it.",
  );
});

test("nothing is said until it is known what is right", () => {
  assert.deepEqual(said(guesses("step", [1, 2], null)), ["", ""]);
  assert.equal(ownGuessWords(guesses("step", [1, 2], null), 1, RUNS), "");
});

test("one's own is compared with the others", () => {
  assert.equal(
    ownGuessWords(guesses("place", FLAGS, [0, 0]), [0, 3], MAP),
    "Your flag is 3.0 off, nearer than 2 of the 4.",
  );
  assert.equal(
    ownGuessWords(guesses("place", FLAGS, [0, 0]), [0, 1], MAP),
    "Your flag is 1.0 off, nearer than all others.",
  );
  assert.equal(ownGuessWords(guesses("step", [9], 9), 9, RUNS), "Your guess is exact.");
  assert.equal(ownGuessWords(guesses("step", [3, 9], 8), 3, RUNS), "Your guess is 5 off, nearer than none of the 2.");
  assert.equal(
    ownGuessWords(guesses("run", [2, 2, 2, 0], 2), 2, RUNS),
    "You are right: you chose Momentum, as 2 others did.",
  );
  assert.equal(ownGuessWords(guesses("choice", [1, 0], 0), 1, OPTIONS), "You chose “Longer”, as nobody else did.");
});

test("over the picture of distances one flag is not many", () => {
  assert.equal(distancesTitle("place", 1), "How far off the only flag stands");
  assert.equal(distancesTitle("step", 1), "How far off the only guess is");
  assert.equal(distancesTitle("place", 42), "How far off the 42 flags stand");
  assert.equal(distancesTitle("step", 2), "How far off the 2 guesses are");
});
