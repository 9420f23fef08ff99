import assert from "node:assert/strict";
import { test } from "node:test";
import { stepFrom } from "../../../static/page/state/keptAndAdded.ts";

/** The heavy ball on (x² + y²) / 2 with lr 0.1 and beta 0.5, from (1, 2): m = 0.5 m + w, w = w - 0.1 m. */
const run: any = {
  length: 3,
  columns: {
    parameters: [Float64Array.of(1, 0.9, 0.76), Float64Array.of(2, 1.8, 1.52)],
    gradient: [Float64Array.of(1, 0.9), Float64Array.of(2, 1.8)],
  },
};
const declared: any = { kind: "step", run: 0, step: 2, at: [0.9, 1.8], kept: [-0.05, -0.1], added: [-0.09, -0.18] };

test("the step from a row is what it keeps of the step before, and its own gradient times the same factor", () => {
  const { step, kept, added } = stepFrom(1, declared, [run]);
  assert.equal(step, 2);
  for (const [part, by] of [
    [kept, [-0.05, -0.1]],
    [added, [-0.09, -0.18]],
  ])
    part.forEach((value, k) => void assert.ok(Math.abs(value - by[k]) < 1e-12));
});

test("the first step keeps nothing", () => {
  const { kept, added } = stepFrom(0, declared, [run]);
  assert.deepEqual(kept, [0, 0]);
  assert.ok(Math.abs(added[0] + 0.1) < 1e-12 && Math.abs(added[1] + 0.2) < 1e-12);
});
