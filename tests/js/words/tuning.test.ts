import assert from "node:assert/strict";
import { test } from "node:test";
import { curveWords, powerWords, rangeWords, triedWords, valuesWords } from "../../../static/page/words/tuning.ts";

test("values that belong together stay in one line", () => {
  assert.equal(valuesWords({ learning_rate: 0.098243, beta1: 0.6838 }), "rate\u00a00.09824, β₁\u00a00.6838");
});

test("what a chart of rates shows is said", () => {
  assert.equal(
    curveWords("Adam", 28, [0.053, 0.1]),
    "Adam: 28 gradients at its best, at most twice as many at rates from 0.053 to 0.10",
  );
  assert.equal(curveWords("Adam", null, null), "Adam: it gets there at no rate tried");
  assert.equal(rangeWords([0.1, 0.1]), "0.10");
  assert.deepEqual([1e-5, 0.1, 1000].map(powerWords), ["10⁻⁵", "0.1", "10³"]);
});

test("how much was tried is said, with seeds where there are several", () => {
  assert.equal(triedWords(1545, 300, 5), "1,545 tries, each of 300 steps at the most, the median of 5 seeds counts.");
  assert.equal(triedWords(12345, 1000, 1), "12,345 tries, each of 1,000 steps at the most.");
});
