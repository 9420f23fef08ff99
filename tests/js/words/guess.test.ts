import assert from "node:assert/strict";
import { test } from "node:test";
import type { Guess } from "../../../static/page/state/types.ts";
import { answerWords } from "../../../static/page/words/guess.ts";
import { verdictOf } from "../../../static/page/words/verdict.ts";

const NAMES = ["Adam", "RMSProp", "Momentum"];
const PLACE: Guess = { kind: "place", run: 0, answer: [3, -2] };
const RUN: Guess = { kind: "run", unit: "steps", values: [74, 1, null], places: [2, 1, 3], answer: 1 };
const LOSS: Guess = { kind: "run", unit: "loss", values: [0.0713, 2, 2], places: [1, 2, 2], answer: 0 };
const CHOICE: Guess = { kind: "choice", options: ["Shorter", "Longer"], answer: 1 };
const STEP: Guess = { kind: "step", run: 0, answer: 5 };

test("what was answered is said without what is right", () => {
  assert.equal(answerWords(PLACE, [1.234, 5], NAMES), "Your flag stands at (1.23, 5).");
  assert.equal(answerWords(RUN, 0, NAMES), "You chose Adam.");
  assert.equal(answerWords(CHOICE, 0, NAMES), "You chose “Shorter”.");
  assert.equal(answerWords(STEP, 1000, NAMES), "You said 1000.");
});

test("then how far off it was", () => {
  assert.equal(verdictOf(PLACE, [0, 2], NAMES), "Your flag stands 5.0 from where Adam ends, (3, −2).");
  assert.equal(verdictOf(RUN, 0, NAMES), "You chose Adam: 74 steps. Right is RMSProp: 1 step.");
  assert.equal(verdictOf(RUN, 2, NAMES), "You chose Momentum: never. Right is RMSProp: 1 step.");
  assert.equal(verdictOf(RUN, 1, NAMES), "You are right. RMSProp: 1 step.");
  assert.equal(verdictOf(LOSS, 1, NAMES), "You chose RMSProp: loss 2.00. Right is Adam: loss 0.0713.");
  assert.equal(verdictOf(CHOICE, 0, NAMES), "You chose “Shorter”. Right is “Longer”.");
  assert.equal(verdictOf(CHOICE, 1, NAMES), "You are right.");
  assert.equal(verdictOf(STEP, 8, NAMES), "You said 8; it takes 5 steps: 3 off.");
  assert.equal(verdictOf(STEP, 5, NAMES), "You are right: 5 steps.");
});
