import assert from "node:assert/strict";
import { test } from "node:test";
import { described, edgeOf, endAt, nearestTried } from "../../../static/js/words/sweep.js";

/** @param {(number | null)[]} loss @returns {any} three values a decade from 0.001 on */
const sweep = (loss) => ({ values: loss.map((_, k) => 10 ** (-3 + k / 3)), loss });

test("a value is read out as it was tried, beside the pointer or not", () => {
  const one = sweep([5, 0.5, null, 0.05]);
  assert.equal(nearestTried(one, 0.13, (value) => Math.log10(value) / 3 + 1), 1);
  assert.equal(endAt(one, 1), "0.0022 ends at 0.500");
  assert.equal(endAt(one, 2), "0.0046 diverges");
});

test("where runs diverge is said between the two values that were tried, and no closer", () => {
  assert.equal(edgeOf(sweep([5, 0.5, null, null])), "diverges from 0.0046, not yet at 0.0022");
  assert.equal(edgeOf(sweep([5, null, 2, null])), "diverges from 0.01, not yet at 0.0046");
  assert.equal(edgeOf(sweep([5, null, 2])), "some in between diverge");
  assert.equal(edgeOf(sweep([5, 1])), "none up to 0.0022 diverges");
  assert.equal(edgeOf(sweep([null, null])), "all diverge");
  assert.equal(described(sweep([5, 0.5, null, null]), 0), "Of the values tried, 3 in each decade, 0.001 ends at 5.00; diverges from 0.0046, not yet at 0.0022.");
});
