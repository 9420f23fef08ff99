import assert from "node:assert/strict";
import { test } from "node:test";
import type { Substep } from "../../../static/page/state/networkStep.ts";
import type { NetworkProblem } from "../../../static/page/state/types.ts";
import { networkLines } from "../../../static/page/words/networkLines.ts";
import {
  inputName,
  networkSentence,
  neuronName,
  outlineWords,
  predictionWords,
  sampleWords,
} from "../../../static/page/words/networkWords.ts";
import { networkOf, stepOf } from "../networks.ts";

/** w1_1_1 w1_1_2 w1_2_1 w1_2_2 b1_1 b1_2 w2_1_1 w2_1_2 b2_1, worked out by hand below at x = (1, 0). */
const W = [0.5, 0.25, -2, 1, 0.1, 0.2, 0.8, -0.5, 0.05];
const ONE: Substep = { pass: "forward", layer: 1, neuron: 0 };
const TWO: Substep = { pass: "forward", layer: 1, neuron: 1 };
const OUTPUT: Substep = { pass: "forward", layer: 2, neuron: 0 };
const ERROR: Substep = { pass: "error" };
const AT_OUTPUT: Substep = { pass: "backward", layer: 2 };
const AT_HIDDEN: Substep = { pass: "backward", layer: 1 };

const step = (change: Partial<NetworkProblem> = {}, sample = 2) =>
  stepOf(networkOf({ sizes: [2, 2, 1], ...change }), { w: W, sample });
/** The way back from the delta of the output through the weights 0.8 and -0.5, by hand. */
const back = (output: number, local = [0.7116, 0.1036]) => {
  const above = [0.8 * output, -0.5 * output];
  return {
    local: [[], local, [1]],
    above: [[], above, [output]],
    delta: [[], above.map((value, k) => value * local[k]), [output]],
  };
};
/** 2 * (0.95304 - 1). */
const MISSED = -0.09392;
const LABELS = { output: "sigmoid", loss: "cross_entropy" };

test("forward: what a neuron adds up, and what its curve makes of it", () => {
  // z1 = 0.5 + 0.1 = 0.6, tanh 0.537; z2 = -2 + 0.2 = -1.8
  assert.equal(
    networkSentence(step(), ONE),
    "Neuron 1 adds what arrives, each input times its weight, and its bias. Its curve turns 0.6 into 0.537.",
  );
  assert.match(networkSentence(step({ activation: "relu" }), ONE), /It is above 0, so ReLU passes 0.6 on as it is\.$/);
  assert.match(
    networkSentence(step({ activation: "relu" }), TWO),
    /It comes to −1\.8, which is not above 0, so ReLU passes on 0\.$/,
  );
  // 1/(1 + e^1.8) = 0.142
  assert.match(networkSentence(step({ activation: "sigmoid" }), TWO), /Its curve turns −1\.8 into 0\.142\.$/);
  assert.match(networkSentence(step({ activation: "linear" }), TWO), /Its line passes −1\.8 on as it is\.$/);
});

test("forward: the output says a number, or how probable the label 1 is", () => {
  // 0.8 tanh 0.6 - 0.5 tanh(-1.8) + 0.05 = 0.8 * 0.5370 + 0.5 * 0.9468 + 0.05 = 0.953
  assert.equal(
    networkSentence(step(), OUTPUT),
    "The output adds what arrives, each activation times its weight, and its bias: the network says 0.953.",
  );
  assert.match(
    networkSentence(step(LABELS), OUTPUT),
    /Its curve turns 0\.953 into 0\.722: how probable label 1 is to the network\.$/,
  );
});

test("the whole step: what the network says, how far off that is, and the loss", () => {
  // (0.953 - 1)^2 = 0.00220
  assert.equal(
    networkSentence(step(), null),
    "For this sample the network says 0.953, 0.0470 too low: a loss of 0.00220.",
  );
});

test("the error, by its loss", () => {
  assert.equal(
    networkSentence(step(), ERROR),
    "The output is 0.953, the target 1: 0.0470 too low. Squared, that is the loss of this sample, 0.00220.",
  );
  // -ln 0.7217 = 0.326; of the label 0 at (0, 0): z = 0.8 tanh 0.1 - 0.5 tanh 0.2 + 0.05 = 0.0310, 1 - 0.5078 = 0.492
  assert.equal(
    networkSentence(step(LABELS), ERROR),
    "To the right label, 1, the network gives the probability 0.722. The loss is minus its logarithm, 0.326.",
  );
  assert.match(
    networkSentence(step(LABELS, 0), ERROR),
    /^To the right label, 0, the network gives the probability 0\.492\./,
  );
});

test("back at the output: twice what the squared error misses, or output less target", () => {
  assert.equal(
    networkSentence({ ...step(), backward: back(MISSED) }, AT_OUTPUT),
    "The output is 0.0470 too low. The derivative of the squared error is twice that: δ = −0.0939. " +
      "For each weight it is multiplied by what came in through it.",
  );
  assert.match(
    networkSentence({ ...step(LABELS), backward: back(0.7217 - 1) }, AT_OUTPUT),
    /just output less target: δ = 0\.722 − 1 = −0\.278\.$/,
  );
});

test("back through a layer: what of it gets through depends on the curve", () => {
  const says = (change: Partial<NetworkProblem>, local?: number[]) =>
    networkSentence({ ...step(change), backward: back(MISSED, local) }, AT_HIDDEN);
  assert.equal(
    says({}),
    "Each neuron takes the output's δ, −0.0939, times its weight, times the slope of its own curve. " +
      "Where the curve is flat, little gets through.",
  );
  assert.match(says({ activation: "sigmoid" }), /Each slope is at most 1\/4/);
  assert.match(says({ activation: "relu" }, [1, 0]), /nothing gets through to neuron 2\.$/);
  assert.match(says({ activation: "linear" }, [1, 1]), /all of it gets through\.$/);
});

test("an output that is its target has no error to take back", () => {
  const right = stepOf(networkOf({ sizes: [2, 1], activation: "linear" }), { w: [1, 0, 0], sample: 2 });
  assert.match(networkSentence(right, { pass: "backward", layer: 1 }), /every δ is 0\.$/);
});

test("the update, by gradient descent and by a rule of its own; over a batch by the mean", () => {
  assert.equal(
    networkSentence(step(), { pass: "update" }, { label: "Gradient descent", rate: 0.1 }),
    "Each weight and bias has its gradient. It goes against it: 0.1 times the gradient is taken away.",
  );
  const several = stepOf(networkOf(), { sample: 1, batch: [1, 2] });
  assert.match(
    networkSentence(several, { pass: "update" }, { label: "Adam", rate: null }),
    /its gradient, the mean over the 2 samples of this step\. Adam makes a step of its own of it, by its own lines\.$/,
  );
});

test("names: an input by its letter or its word, a neuron with its layer only where there are several", () => {
  const homes = networkOf({ inputs: ["area (square metres)", "Nice"], samples: [{ inputs: [0.5, 1], target: -1 }] });
  assert.deepEqual([inputName(networkOf(), 1), inputName(homes, 0)], ["x₂", "area"]);
  assert.deepEqual(
    [
      neuronName(networkOf(), 1, 0),
      neuronName(networkOf({ sizes: [2, 3, 3, 1] }), 2, 1),
      neuronName(networkOf(), 2, 0),
    ],
    ["neuron 1", "neuron 2 of layer 2", "output"],
  );
  assert.equal(outlineWords(networkOf()), "2 inputs, 3 tanh neurons, 1 linear output");
  const homesStep = stepOf(
    networkOf({ inputs: ["area", "Nice", "Lille"], sizes: [3, 1], samples: [{ inputs: [-0.742, 1, 0], target: -1 }] }),
    { w: [1, 1, 1, 1], sample: 0 },
  );
  assert.equal(sampleWords(homesStep), "area\u00a0=\u00a0−0.742, Nice\u00a0=\u00a01; target −1");
});

const equation = (name: string, value: number) => ({ name, value, formula_latex: `${name} =`, latex: `${value}` });
const layer = (number: number, neurons: number[]) => ({
  preactivation: neurons.map((neuron) => equation(`z${number}_${neuron}`, neuron)),
  activation: neurons.map((neuron) => equation(number === 2 ? "y_hat" : `a${number}_${neuron}`, neuron)),
});
const delta = (number: number, neuron: number) => ({
  ...equation(`delta${number}_${neuron}`, 0.5),
  local_derivative: equation(`local_derivative${number}_${neuron}`, 1),
  from_above: equation(`from_above${number}_${neuron}`, 0.5),
});
const RULE = { name: "w", formula: "w - lr*g", latex: "w \\leftarrow w - lr g", shared: false };
/** As the server sends it. */
const TOLD = {
  samples: [{ layers: [layer(1, [1, 2]), layer(2, [1])], error: equation("error", 0.25) }],
  backward: [
    { layer: 2, delta: [delta(2, 1)], gradient: { w2_1_1: equation("w2_1_1", 0.1), b2_1: equation("b2_1", 0.2) } },
    { layer: 1, delta: [delta(1, 1), delta(1, 2)], gradient: { b1_1: equation("b1_1", 0.3) } },
  ],
  before: { w1: 1, b1: 2 },
  after: { w1: 0.9, b1: 2.1 },
  rate: { schedule: "constant" },
  lines: [{ ...RULE, values: { w1: { value: 0.9, latex: "1 - 0.1" }, b1: { value: 2.1, latex: "2 + 0.1" } } }],
} as any;

const namesAt = (substep: Substep, brief = false) =>
  networkLines(step(), substep, TOLD, brief).map(({ quantity }) => quantity);

test("a substep has its lines of the working: of its neuron, of the error, of all neurons of its layer", () => {
  assert.deepEqual([namesAt(TWO), namesAt(OUTPUT), namesAt(ERROR)], [["z1_2", "a1_2"], ["z2_1", "y_hat"], ["error"]]);
  const back = (neuron: number) => [`local_derivative1_${neuron}`, `from_above1_${neuron}`, `delta1_${neuron}`];
  assert.deepEqual(namesAt(AT_HIDDEN), [...back(1), ...back(2), "b1_1"]);
  assert.deepEqual(namesAt(AT_OUTPUT).slice(3), ["w2_1_1", "b2_1"]);
  assert.deepEqual(namesAt(AT_OUTPUT, true).length, 3);
  const deep = { ...step(), network: networkOf({ sizes: [2, 2, 2, 1] }) };
  const told = { ...TOLD, backward: [null, ...TOLD.backward] };
  const names = networkLines(deep, AT_HIDDEN, told, true).map(({ quantity }) => quantity);
  assert.deepEqual(names, back(1), "of many layers the first neuron alone");
  const [line] = networkLines(step(), TWO, TOLD, false);
  assert.deepEqual([line.formula, line.numbers, line.value], ["z1_2 =", "2", 2]);
});

test("of a batch the error has a second line, the mean of its losses", () => {
  const both = stepOf(networkOf({ sizes: [2, 2, 1] }), { w: W, sample: 1, batch: [1, 2] });
  const [, mean] = networkLines(both, ERROR, TOLD, false);
  const losses = [1, 2].map((sample) => step({}, sample).forward.loss);
  assert.ok(Math.abs(mean.value - (losses[0] + losses[1]) / 2) < 1e-12);
});

test("the update is the line that takes the step, with all parameters under it, of a method too", () => {
  const [line] = networkLines(step(), { pass: "update" }, TOLD, false);
  assert.deepEqual([line.formula, line.rows?.length], [RULE.latex, 2]);
  assert.deepEqual(line.rows?.[1], { parameter: "b1", numbers: "2 + 0.1", value: 2.1 });
  const method = { ...TOLD, lines: [], method_lines: [{ name: "w", latex: "w - s", value: [0.9, 2.1] }] };
  const [made] = networkLines(step(), { pass: "update" }, method, false);
  assert.deepEqual(
    made.rows?.map(({ value }) => value),
    [0.9, 2.1],
  );
});

test("where no step leads on nothing goes back", () => {
  for (const substep of [AT_HIDDEN, { pass: "update" } as const])
    assert.equal(networkSentence({ ...step(), backward: null }, substep), "The run ends here: no step leads on.");
});

test("what it says of all its samples, in a sentence", () => {
  assert.equal(
    predictionWords(step(), [0.4, 0.9, 0.2, 0.1]),
    "The network has 3 of 4 samples on the right side of 0.5.",
  );
  assert.equal(
    predictionWords(step({ kind: "regression" }), [0, 1, 1.5, 0.1]),
    "The network is at most 0.5 off the target, over 4 samples.",
  );
});
