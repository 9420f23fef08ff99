import assert from "node:assert/strict";
import { test } from "node:test";
import { optimizersOf, phaseOfRow, phasesOf } from "../../../static/page/state/phases.ts";
import type { Catalog, OptimizerSpec } from "../../../static/page/state/types.ts";

const CATALOG = {
  optimizers: [
    { name: "gd", label: "Gradient descent", rule: "w = w - lr*g", params: [{ name: "learning_rate", default: 0.01 }] },
    {
      name: "adam",
      label: "Adam",
      rule: "m = beta1*m + (1 - beta1)*g\nw = w - lr*m",
      params: [{ name: "learning_rate", default: 0.001 }],
    },
  ],
} as unknown as Catalog;
const RUN: OptimizerSpec = {
  name: "gd",
  learning_rate: 0.1,
  noise: 0.5,
  changes: [
    { at: 4, learning_rate: 0.01 },
    { at: 9, name: "adam", beta1: 0.8 },
  ],
};

test("a phase has the values that are in force in it, and says what changes", () => {
  assert.deepEqual(optimizersOf(RUN), [
    { name: "gd", learning_rate: 0.1, noise: 0.5 },
    { name: "gd", learning_rate: 0.01, noise: 0.5 },
    { noise: 0.5, name: "adam", beta1: 0.8 },
  ]);
  const phases = phasesOf(CATALOG, RUN, String);
  assert.deepEqual(
    phases.map(({ from, words }) => [from, words]),
    [
      [0, ""],
      [4, "rate 0.01"],
      [9, "Adam, beta1 0.8, rate 0.001"],
    ],
  );
  assert.deepEqual(
    phases.map(({ plain }) => plain),
    [true, true, false],
  );
  assert.deepEqual(
    phases.map(({ noisy }) => noisy),
    [true, true, true],
  );
});

test("a change holds for the step that leads on from its row", () => {
  const phases = phasesOf(CATALOG, RUN, String);
  assert.deepEqual(
    [0, 3, 4, 8, 9, 50].map((row) => phaseOfRow(phases, row).from),
    [0, 0, 4, 4, 9, 9],
  );
});

test("a rule of one's own is plain by its text, and not by its name", () => {
  assert.equal(phasesOf(CATALOG, { rule: "w = w-lr * g" }, String)[0].plain, true);
  assert.equal(phasesOf(CATALOG, { rule: "w = w - lr*sign(g)" }, String)[0].plain, false);
});
