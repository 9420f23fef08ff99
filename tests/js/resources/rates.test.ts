import assert from "node:assert/strict";
import { test } from "node:test";
import { fewRates } from "../../../static/page/resources/rates.ts";

test("the rates of a schedule are marked where they are few, each once", () => {
  // 1/(1 - rho cos(pi (2 k + 1)/4)) with rho = 99/101 for k = 0, 1: the zeros of a Chebyshev polynomial of degree 2.
  const two = [3.258, 0.59063];
  assert.deepEqual(fewRates([...two, ...two, ...two]), [0.59063, 3.258]);
  assert.deepEqual(fewRates([1, 1, 1]), [], "a rate that stays is the slider's own");
  assert.equal(fewRates(Array.from({ length: 64 }, (_, k) => 1 / (k + 1))).length, 64);
  assert.deepEqual(fewRates(Array.from({ length: 65 }, (_, k) => 1 / (k + 1))), []);
});
