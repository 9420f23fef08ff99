import assert from "node:assert/strict";
import { test } from "node:test";
import { multiples, niceStep, roundToStep, snapped } from "../../../static/page/math/ticks.ts";
import { pairs } from "../pairs.ts";

test("steps are 1, 2 or 5 times a power of ten, never below what is asked", () => {
  for (const [least, step] of pairs(1, 1, 1.1, 2, 2, 2, 3, 5, 5.1, 10, 0.03, 0.05, 700, 1000, 1e-9, 1e-9)) {
    assert.ok(Math.abs(niceStep(least) / step - 1) < 1e-12, `${least}: ${niceStep(least)}`);
  }
});

test("multiples have no noise of adding up and include both ends", () => {
  assert.deepEqual(multiples(-0.3, 0.3, 0.1), [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  assert.deepEqual(multiples(0.11, 0.19, 0.1), []);
  assert.deepEqual(multiples(-6, 6, 5), [-5, 0, 5]);
  assert.ok(!multiples(-1, 1, 0.5).some((value) => Object.is(value, -0)));
});

test("an interval of no sense gives no ticks rather than millions", () => {
  assert.deepEqual(multiples(0, 1, 1e-9), []);
  assert.deepEqual(multiples(0, Infinity, 1), []);
});

test("a coordinate keeps what a pixel can tell apart", () => {
  assert.equal(roundToStep(0.30000000000000004, 0.1), 0.3);
  assert.equal(snapped(1.23456, 0.014), 1.23);
  assert.equal(snapped(-0.271828, 0.002), -0.272);
  assert.equal(snapped(12345.678, 3), 12346);
});
