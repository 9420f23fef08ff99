import assert from "node:assert/strict";
import { test } from "node:test";
import { described, edgeOf, endAt, endsWorse, nearestTried } from "../../../static/page/words/sweep.ts";

/** @returns three values a decade from 0.001 on */
const sweep = (loss: (number | null)[]): any => ({ values: loss.map((_, k) => 10 ** (-3 + k / 3)), loss });

/** The loss at the start. */
const START = 6;

test("a value is read out as it was tried, beside the pointer or not", () => {
  const one = sweep([5, 0.5, null, 40]);
  assert.equal(nearestTried(one, 0.13, (value) => Math.log10(value) / 3 + 1), 1);
  assert.equal(endAt(one, 1, START), "0.0022 ends at 0.500");
  assert.equal(endAt(one, 2, START), "0.0046 diverges");
  assert.equal(endAt(one, 3, START), "0.01 ends at 40.0, above its start");
});

test("what has not moved is not above its start", () => {
  assert.equal(endsWorse(6 + 1e-12, START), false);
  assert.equal(endsWorse(6.1, START), true);
  assert.equal(endsWorse(null, START), true);
});

test("where runs diverge is said between the two values that were tried, and no closer", () => {
  assert.equal(edgeOf(sweep([5, 0.5, null, null]), START), "diverges from 0.0046, not yet at 0.0022");
  assert.equal(edgeOf(sweep([5, null, 2, null]), START), "diverges from 0.01, not yet at 0.0046");
  assert.equal(edgeOf(sweep([5, null, 2]), START), "some in between diverge");
  assert.equal(edgeOf(sweep([5, 1]), START), "none up to 0.0022 diverges");
  assert.equal(edgeOf(sweep([null, null]), START), "all diverge");
  assert.equal(described(sweep([5, 0.5, null, null]), 0, START), "Of the values tried, 3 in each decade, 0.001 ends at 5.00; diverges from 0.0046, not yet at 0.0022.");
});

test("a rate that ends above its start is no good rate either", () => {
  assert.equal(edgeOf(sweep([5, 0.5, 1e9, null]), START), "ends above its start from 0.0046, diverges from 0.01");
  assert.equal(edgeOf(sweep([5, 0.5, 7, 1e9]), START), "ends above its start from 0.0046, not yet at 0.0022");
  assert.equal(edgeOf(sweep([5, 7, 0.5]), START), "some in between end above their start");
  assert.equal(edgeOf(sweep([7, null]), START), "all end above their start");
});
