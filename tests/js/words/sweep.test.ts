import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sweep } from "../../../static/page/state/types.ts";
import {
  endAt,
  endingTried,
  endsWorse,
  failureWords,
  nearestTried,
  sweepWords,
} from "../../../static/page/words/sweep.ts";
import { pairs } from "../pairs.ts";
import { partOf } from "../part.ts";

/** @returns three values a decade from 0.001 on, and what is known between them */
const sweep = (loss: (number | null)[], rises: number[] | null = null, diverges: number[] | null = null): Sweep => {
  const gap = (pair: number[] | null) => pair && { holds: pair[0], fails: pair[1] };
  return partOf({
    values: loss.map((_, k) => 10 ** (-3 + k / 3)),
    loss,
    stop_reason: loss.map((end) => (end === null ? "diverged" : "max_steps")),
    edge: { rises: gap(rises), diverges: gap(diverges) },
  });
};

/** The loss at the start. */
const START = 6;

test("a value is read out as it was tried, beside the pointer or not", () => {
  const one = sweep([5, 0.5, null, 40]);
  assert.equal(
    nearestTried(one, 0.13, (value) => Math.log10(value) / 3 + 1),
    1,
  );
  assert.equal(endAt(endingTried(one, 1), START), "0.0022 ends at loss 0.500");
  assert.equal(endAt(endingTried(one, 2), START), "0.0046 diverges");
  assert.equal(endAt(endingTried(one, 3), START), "0.01 ends at loss 40.0, above its start");
  assert.equal(endAt(endingTried(one, 1), START, 40), "0.0022 before step 40 ends at loss 0.500");
});

test("values that end in a fault of one's own code do not diverge", () => {
  const one = sweep([5, 0.5, null, null, null], [0.0022, 0.0046], [0.0022, 0.0046]);
  Object.assign(one, { fault: "mine", stop_reason: ["max_steps", "max_steps", "diverged", "fault", "fault"] });
  assert.equal(endAt(endingTried(one, 2), START), "0.0046 diverges");
  assert.equal(endAt(endingTried(one, 3), START), "0.01 ends in a fault");
  assert.equal(
    failureWords(one, START),
    "2 of 5 end in a fault in mine; of the others diverges from 0.0046, not yet at 0.0022",
  );
  Object.assign(one, { stop_reason: one.stop_reason.map(() => "fault") });
  assert.equal(failureWords(one, START), "5 of 5 end in a fault in mine");
});

test("what has not moved is not above its start", () => {
  assert.equal(endsWorse(6 + 1e-12, START), false);
  assert.equal(endsWorse(6.1, START), true);
  assert.equal(endsWorse(null, START), true);
});

test("where runs diverge is said as a number of three digits", () => {
  const at = [0.00312, 0.003121];
  assert.equal(failureWords(sweep([5, 0.5, null, null], at, at), START), "diverges above 0.00312");
  assert.equal(
    sweepWords(sweep([5, 0.5, null, null], at, at), { value: "0.002", end: 0.7 }, START),
    "0.002 ends at loss 0.700. Of the values tried, 3 in each decade: diverges above 0.00312.",
  );
});

test("where the edge is not known so closely it is said between the two values that were tried", () => {
  const wide = [10 ** (-3 + 1 / 3), 10 ** (-3 + 2 / 3)];
  assert.equal(failureWords(sweep([5, 0.5, null, null], wide, wide), START), "diverges from 0.0046, not yet at 0.0022");
  const close = [0.00326, 0.00334];
  assert.equal(failureWords(sweep([5, 0.5, null, null], close, close), START), "diverges above about 0.0033");
});

test("of a quadratic it is what the curvature says, whatever was tried", () => {
  const tried = sweep([5, 0.5, 7, 1e9], [0.005, 0.006]);
  tried.edge.grows = { above: 0.0034, curvature: 100 };
  assert.equal(failureWords(tried, START), "grows above 0.00340, as the largest curvature is 100");
  tried.edge.grows.above = 5;
  assert.match(failureWords(tried, START), /end above their start/, "past all rates of the slider");
});

test("where there is no edge, that is said", () => {
  assert.equal(failureWords(sweep([5, null, 2]), START), "no edge: some in between diverge");
  assert.equal(failureWords(sweep([5, 7, 0.5]), START), "no edge: some in between end above their start");
  assert.equal(failureWords(sweep([5, 1]), START), "no edge up to 0.0022: no run ends above its start");
  assert.equal(failureWords(sweep([null, null]), START), "no edge: all diverge");
  assert.equal(failureWords(sweep([7, null]), START), "no edge: all end above their start");
});

test("a rate that ends above its start is no good rate either", () => {
  const [above, away] = pairs(0.00312, 0.003121, 0.009, 0.009001);
  assert.equal(
    failureWords(sweep([5, 0.5, 1e9, null], above, away), START),
    "ends above its start above 0.00312, diverges above 0.00900",
  );
  assert.equal(failureWords(sweep([5, 0.5, 7, 1e9], above), START), "ends above its start above 0.00312");
});

test("rates below the edge whose runs end above their start are named, too", () => {
  const [above, away] = pairs(0.005, 0.005001, 0.009, 0.009001);
  assert.equal(
    failureWords(sweep([5, 7, 0.5, null], above, away), START),
    "some from 0.0022 end above their start, all above 0.00500, diverges above 0.00900",
  );
  assert.equal(
    failureWords(sweep([5, 7, 0.5, null], above, above), START),
    "some from 0.0022 end above their start, diverges above 0.00500",
  );
});
