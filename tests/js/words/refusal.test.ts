import assert from "node:assert/strict";
import { test } from "node:test";
import { inRangeWords, isWithin } from "../../../static/page/words/range.ts";
import { refusalSentence, shortRefusal } from "../../../static/page/words/refusal.ts";

test("what the server refuses is said by the names of the page", () => {
  const range = { low: 1, high: 100000, low_open: false, high_open: false, whole: true };
  const steps = { loc: ["query", "stop", "max_steps"], msg: "", type: "out_of_range", ctx: { range, got: "9999999" } };
  assert.equal(refusalSentence(steps), "Steps: a whole number from 1 to 100,000, not 9,999,999.");
  const above = { low: 0, high: null, low_open: true, high_open: false, whole: false };
  const rate = {
    loc: ["body", "optimizers", 0, "learning_rate"],
    msg: "",
    type: "out_of_range",
    ctx: { range: above, got: "-1" },
  };
  assert.equal(refusalSentence(rate), "Learning rate: a number above 0, not −1.");
  const beta = {
    loc: ["body", "optimizers", 0, "beta1"],
    msg: "",
    type: "not_a_number",
    ctx: { range: { ...range, low: 0, high: 1, high_open: true, whole: false }, got: '"x"' },
  };
  assert.equal(refusalSentence(beta), 'β₁: a number from 0 to below 1, not "x".');
  const start = {
    loc: ["query", "start"],
    msg: "",
    type: "wrong_count",
    ctx: { count: 2, names: ["x", "y"], got: "[1.0]" },
  };
  assert.equal(refusalSentence(start), "Start: 2 numbers (x, y), not [1.0].");
  const name = {
    loc: ["query", "problem", "surface"],
    msg: "",
    type: "unknown_name",
    ctx: { what: "surface", allowed: ["bowl"], got: '"hill"' },
  };
  assert.equal(refusalSentence(name), "There is no surface called “hill”.");
  assert.equal(
    refusalSentence({ ...name, ctx: { what: "data_set", nearest: ["cars"], got: '"car"' } }),
    "There is no data set called “car”. Did you mean cars?",
  );
  const other = {
    loc: ["body", "optimizers", 0, "name"],
    msg: "optimizers[0].name stands twice: give it once",
    type: "duplicate",
    ctx: {},
  };
  assert.equal(refusalSentence(other), "Name stands twice: give it once.");
});

test("beside its field what is wrong is said without its name, and of a formula without all that is allowed", () => {
  const msg = 'optimizers[0].rule is not a formula: line 2, column 12: unknown function "foo". Allowed are numbers.';
  const ctx = { in_short: 'line 2, column 12: unknown function "foo". Did you mean floor?' };
  assert.equal(
    shortRefusal({ loc: [], msg, type: "formula_syntax", ctx }),
    'Line 2, column 12: unknown function "foo". Did you mean floor?',
  );
  const missing = { loc: [], msg: "optimizers[0].beta is required", type: "missing", ctx: {} };
  assert.equal(shortRefusal(missing), "Beta is required");
});

test("a range is said as it is held", () => {
  const steps = { whole: true, least: 1, most: 100000 };
  assert.equal(inRangeWords(steps), "a whole number from 1 to 100,000");
  assert.deepEqual(
    [0, 1, 1.5, 100000, 100001].map((value) => isWithin(value, steps)),
    [false, true, false, true, false],
  );
  assert.equal(inRangeWords({ above: 0 }), "a number above 0");
  assert.deepEqual(
    [-1, 0, 1e-9].map((value) => isWithin(value, { above: 0 })),
    [false, false, true],
  );
  assert.equal(inRangeWords({ least: 0, below: 1 }), "a number from 0 to below 1");
  assert.deepEqual(
    [0, 0.999, 1].map((value) => isWithin(value, { least: 0, below: 1 })),
    [true, true, false],
  );
  assert.equal(inRangeWords({}), "a number");
});
