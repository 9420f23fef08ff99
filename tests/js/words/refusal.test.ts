import assert from "node:assert/strict";
import { test } from "node:test";
import { inRangeWords, isWithin } from "../../../static/page/words/range.ts";
import { inPlainWords } from "../../../static/page/words/refusal.ts";

test("what the server refuses is said by the names of the page", () => {
  const steps = { loc: ["query", "stop", "max_steps"], msg: "stop.max_steps must be a whole number, in [1, 100000]; got 9999999" };
  assert.equal(inPlainWords(steps), "Steps: a whole number from 1 to 100,000, not 9,999,999.");
  const rate = { loc: ["body", "optimizers", 0, "learning_rate"], msg: "optimizers[0].learning_rate must be a finite number above 0; got -1" };
  assert.equal(inPlainWords(rate), "Learning rate: a finite number above 0, not −1.");
  const start = { loc: ["query", "start"], msg: "start must be 2 numbers (x, y); got [1.0]" };
  assert.equal(inPlainWords(start), "Start: 2 numbers (x, y), not [1.0].");
  const whole = { loc: [], msg: "the reply would hold more than 500000 numbers" };
  assert.equal(inPlainWords(whole), "The reply would hold more than 500000 numbers.");
});

test("a range is said as it is held", () => {
  const steps = { whole: true, least: 1, most: 100000 };
  assert.equal(inRangeWords(steps), "a whole number from 1 to 100,000");
  assert.deepEqual([0, 1, 1.5, 100000, 100001].map((value) => isWithin(value, steps)), [false, true, false, true, false]);
  assert.equal(inRangeWords({ above: 0 }), "a number above 0");
  assert.deepEqual([-1, 0, 1e-9].map((value) => isWithin(value, { above: 0 })), [false, false, true]);
  assert.equal(inRangeWords({ least: 0, below: 1 }), "a number from 0 to below 1");
  assert.deepEqual([0, 0.999, 1].map((value) => isWithin(value, { least: 0, below: 1 })), [true, true, false]);
  assert.equal(inRangeWords({}), "a number");
});
