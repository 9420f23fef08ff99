import assert from "node:assert/strict";
import { test } from "node:test";
import { curveStepWords } from "../../../static/page/words/curveStep.ts";

const FACTS = {
  name: "Descent",
  parameter: "x",
  x: -3,
  loss: 9,
  gradient: -6,
  next: { x: -2.4, loss: 5.76 },
  plain: true,
  noisy: false,
};

test("a plain step is minus the rate times the gradient, with its numbers", () => {
  assert.equal(curveStepWords.step(FACTS, true), "step = −rate × gradient = −0.1 × (−6) = 0.6");
  assert.equal(curveStepWords.step(FACTS, false), "step −0.1 × (−6) = 0.6");
  assert.equal(curveStepWords.change(FACTS), "−0.1 × (−6) = 0.6");
  const uphill = { ...FACTS, x: 3, gradient: 6, next: { x: 2.4, loss: 5.76 } };
  assert.equal(curveStepWords.change(uphill), "−0.1 × 6 = −0.6");
  assert.equal(
    curveStepWords.sentence(FACTS),
    "Descent stands at x −3, loss 9, gradient −6. The next step is −0.1 × (−6) = 0.6, to the right. " +
      "It lands at x −2.4, loss 5.76.",
  );
});

test("of any other rule the step alone is said, whatever its numbers are", () => {
  assert.equal(curveStepWords.step({ ...FACTS, plain: false }, true), "step 0.6");
  assert.doesNotMatch(curveStepWords.sentence({ ...FACTS, plain: false }), /×/);
});

test("a gradient of nothing, noise and a last row", () => {
  assert.equal(curveStepWords.step({ ...FACTS, gradient: 0, next: { x: -3, loss: 9 } }, true), "step 0");
  assert.match(
    curveStepWords.sentence({ ...FACTS, gradient: 0, next: { x: -3, loss: 9 } }),
    /The next step is 0\. It lands/,
  );
  assert.equal(curveStepWords.gradient({ ...FACTS, noisy: true }), "gradient with noise −6");
  assert.equal(curveStepWords.sentence({ ...FACTS, gradient: null, next: null }), "Descent stands at x −3, loss 9.");
});
