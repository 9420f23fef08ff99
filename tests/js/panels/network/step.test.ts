import assert from "node:assert/strict";
import { test } from "node:test";
import { backwardOf, stepOptimizerOf } from "../../../../static/page/panels/network/step.ts";
import { emptyState } from "../../../../static/page/state/state.ts";
import type { State } from "../../../../static/page/state/types.ts";
import { partOf } from "../../part.ts";

const filled = (value: number | null, value_latex = "") => ({ value, value_latex, latex: null });
const delta = (local: number, above: [number | null, string?], value: number) => ({
  ...filled(value),
  local_derivative: filled(local),
  from_above: filled(...above),
});

test("the way back is read by layer and neuron, what is not finite too", () => {
  const step = {
    backward: [
      { layer: 2, delta: [delta(0, [null, "-\\infty"], -1)] },
      { layer: 1, delta: [delta(1, [-0.5], -0.5), delta(0, [-3], 0)] },
    ],
  };
  assert.deepEqual(backwardOf(step as any), {
    local: [[], [1, 0], [0]],
    above: [[], [-0.5, -3], [-Infinity]],
    delta: [[], [-0.5, 0], [-1]],
  });
});

test("a step is the rate times the gradient where its one line says so, at the rate in force", () => {
  const state = partOf<State>({ ...emptyState(), entries: [{ id: 1, optimizer: { name: "gd" } }] });
  const steppingBy = (...formulas: string[]) =>
    stepOptimizerOf(state, 0, partOf({ rate: filled(0.05), lines: formulas.map((formula) => ({ formula })) })).rate;
  assert.equal(steppingBy("w - lr*g"), 0.05);
  assert.equal(steppingBy("w - lr*sign(g)"), null);
  assert.equal(steppingBy("beta*m + g", "w - lr*m"), null);
});
