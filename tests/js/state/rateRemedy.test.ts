import assert from "node:assert/strict";
import { test } from "node:test";
import { quickerRate } from "../../../static/page/state/rateRemedy.ts";
import type { Run } from "../../../static/page/state/types.ts";

const STEPS = 100;
/** A loss that shrinks with the rate, above a floor, from 10 on. */
const lossAt = (rate: number, step: number, floor = 0) => floor + 10 * Math.exp(-rate * step);

function runOf(loss: (step: number) => number, stop_reason = "max_steps"): Run {
  const column = Float64Array.from({ length: STEPS + 1 }, (_, step) => loss(step));
  return { columns: { loss: column }, length: STEPS + 1, end: { stop_reason } } as unknown as Run;
}

const VALUES = [0.0001, 0.001, 0.01, 0.1, 1, 10];
/** The rates 1 and more diverge. */
const SWEEP = { values: VALUES, loss: VALUES.map((rate) => (rate < 1 ? lossAt(rate, STEPS) : null)) };

test("a run that is still on its way is offered a rate that comes down", () => {
  const slow = runOf((step) => lossAt(0.001, step));
  assert.equal(quickerRate(SWEEP, slow, 0.001), 0.1);
  // Of several good rates the one in the middle, but none beyond a rate that does not come down.
  const good = { values: VALUES, loss: [9.9, 9, 0.02, 0.01, 0, null] };
  assert.equal(quickerRate(good, slow, 0.001), 0.1);
  assert.equal(quickerRate({ ...good, loss: [9.9, 9, 0.02, 5, 0, null] }, slow, 0.001), 0.01);
});

test("a run that has come down is offered none, nor one that ended for another reason", () => {
  assert.equal(
    quickerRate(
      SWEEP,
      runOf((step) => lossAt(0.1, step)),
      0.1,
    ),
    null,
  );
  const everFaster = runOf((step) => -(1.1 ** step));
  assert.equal(quickerRate({ values: VALUES, loss: VALUES.map((rate) => -1e9 * rate) }, everFaster, 0.001), null);
  const inAnotherMinimum = runOf((step) => lossAt(0.1, step, 4));
  assert.equal(quickerRate(SWEEP, inAnotherMinimum, 0.001), null);
  const slow = (reason: string) => runOf((step) => lossAt(0.001, step), reason);
  assert.equal(quickerRate(SWEEP, slow("small_step"), 0.001), null);
  assert.equal(quickerRate(SWEEP, slow("diverged"), 0.001), null);
});

test("nor one where no rate comes down further", () => {
  const slow = runOf((step) => lossAt(0.001, step));
  assert.equal(quickerRate({ values: VALUES, loss: VALUES.map(() => null) }, slow, 0.001), null);
  assert.equal(quickerRate({ values: VALUES, loss: VALUES.map(() => 9) }, slow, 0.001), null);
});
