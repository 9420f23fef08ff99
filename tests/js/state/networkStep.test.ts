import assert from "node:assert/strict";
import { test } from "node:test";
import { forward } from "../../../static/page/math/forwardPass.ts";
import { lossOfStep, networkStepOf, substepsIn } from "../../../static/page/state/networkStep.ts";
import { networkOf, runOf, stepOf, weightsOf } from "../networks.ts";

const NETWORK = networkOf();
const W = weightsOf(NETWORK);
const ROWS = [W, W.map((value) => value + 1), W.map((value) => value + 2)];
const RUN = runOf(ROWS, [[3, 1], [2]]);

test("a step has the samples of its batch, of which one is shown", () => {
  const first = networkStepOf(NETWORK, RUN, 0, 1)!;
  assert.deepEqual([first.batch, first.shown, first.sample, first.seesAll], [[3, 1], 1, NETWORK.samples[1], false]);
  const second = networkStepOf(NETWORK, RUN, 1, 1)!;
  assert.deepEqual(
    [second.batch, second.shown, second.after],
    [[2], 0, ROWS[2]],
    "a smaller batch has its last sample shown",
  );
});

test("where steps have no batches every step sees all samples", () => {
  const step = networkStepOf(NETWORK, runOf(ROWS), 0, 2)!;
  assert.deepEqual([step.batch, step.seesAll, step.sample], [[0, 1, 2, 3], true, NETWORK.samples[2]]);
});

test("unless one is chosen, of all samples the first is shown with which every weight does something", () => {
  const step = networkStepOf(NETWORK, runOf(ROWS), 0, null)!;
  assert.equal(
    step.shown,
    NETWORK.samples.findIndex(({ inputs }) => !inputs.includes(0)),
  );
  assert.ok(step.shown > 0);
  assert.equal(networkStepOf(NETWORK, RUN, 0, null)!.shown, 0);
  const noughts = { ...NETWORK, samples: NETWORK.samples.map((one) => ({ ...one, inputs: [0, 1] })) };
  assert.equal(networkStepOf(noughts, runOf(ROWS), 0, null)!.shown, 0);
});

test("at its last row a run still says what it says, but no step leads on", () => {
  const end = networkStepOf(NETWORK, RUN, 2, 0)!;
  assert.deepEqual([end.w, end.after, end.batch], [ROWS[2], null, [2]]);
  assert.equal(end.forward.output, forward(NETWORK, ROWS[2], NETWORK.samples[2]).output);
});

test("between two rows the weights lie between theirs", () => {
  assert.ok(Math.abs(networkStepOf(NETWORK, RUN, 0.25, 0)!.w[0] - (W[0] + 0.25)) < 1e-12);
});

test("nothing is shown of a run whose parameters or batches have not come", () => {
  assert.equal(networkStepOf(NETWORK, { ...RUN, columns: { ...RUN.columns, parameters: [] } }, 0, 0), null);
  assert.equal(networkStepOf(NETWORK, { ...RUN, columns: { ...RUN.columns, batch: null } }, 0, 0), null);
});

test("the loss of a step is the mean over its batch", () => {
  const [both, one, other] = [[1, 3], [1], [3]].map((batch) => stepOf(NETWORK, { sample: batch[0], batch }));
  assert.ok(Math.abs(lossOfStep(both) - (one.forward.loss + other.forward.loss) / 2) < 1e-12);
});

test("the substeps of a network are the same ones after those of another were asked for", () => {
  const [network, other] = [networkOf(), networkOf({ sizes: [2, 5, 1] })];
  const before = substepsIn(network);
  assert.notEqual(substepsIn(other).length, before.length);
  assert.equal(substepsIn(network), before);
});
