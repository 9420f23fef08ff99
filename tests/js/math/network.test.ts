import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { NetworkShape, Sample } from "../../../static/page/math/network.ts";
import {
  backward,
  batchGradient,
  biasAt,
  countOfParameters,
  forward,
  gradientOf,
  outputsAt,
  weightAt,
} from "../../../static/page/math/network.ts";

const GOLDEN = new URL("../../golden/", import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, GOLDEN), "utf8"));
const torch = read("torch_network.json");
const steps = read("network_steps.json");

function close(found: number, wanted: number, what: string, relative: number = 1e-11) {
  assert.ok(Math.abs(found - wanted) <= relative * Math.max(Math.abs(wanted), 1e-3), `${what}: ${found} for ${wanted}`);
}

const all = (found: ArrayLike<number>, wanted: number[], what: string) => {
  assert.equal(found.length, wanted.length, what);
  for (const [k, value] of wanted.entries()) close(found[k], value, `${what} ${k}`);
};

for (const given of torch.cases) {
  const [inputs, targets] = torch.data[given.data];
  const shape: NetworkShape = {
    sizes: [inputs[0].length, ...given.hidden, 1],
    activation: given.activation,
    output: given.loss === "mse" ? "linear" : "sigmoid",
    loss: given.loss,
  };
  const samples: Sample[] = inputs.map((each: number[], k: number) => ({ inputs: each, target: targets[k] }));

  const name = `${given.data} ${shape.sizes.join("-")}, ${given.activation}, ${given.loss}`;
  test(`loss and gradient of ${name} are PyTorch's`, () => {
    close(
      samples.reduce((sum, sample) => sum + forward(shape, given.start, sample).loss, 0) / samples.length,
      given.whole.loss,
      "loss",
    );
    all(batchGradient(shape, given.start, samples), given.whole.gradient, "gradient");
    all(
      batchGradient(
        shape,
        given.start,
        given.batch.indices.map((k: number) => samples[k]),
      ),
      given.batch.gradient,
      "gradient of a batch",
    );
  });
}

for (const { shape, parameters, samples, gradient } of steps.cases) {
  test(`every value of a step of ${shape.sizes.join("-")}, ${shape.activation}, ${shape.loss} is the working's`, () => {
    for (const { inputs, target, loss, ...layers } of samples) {
      const pass = forward(shape, parameters, { inputs, target });
      const found: Record<string, number[][]> = { ...pass, ...backward(shape, parameters, pass) } as any;
      for (const [name, rows] of Object.entries<number[][]>(layers))
        for (const [k, row] of rows.entries()) all(found[name][k + 1], row, `${name} of layer ${k + 1}`);
      close(pass.loss, loss, "loss");
    }
    all(batchGradient(shape, parameters, samples), gradient, "gradient");
  });

  const name = `${shape.sizes.join("-")}, ${shape.activation}, ${shape.loss}`;
  test(`the gradient of ${name} is what differences of the loss come to`, () => {
    const sample = samples[0];
    const pass = forward(shape, parameters, sample);
    const found = gradientOf(shape, pass, backward(shape, parameters, pass));
    const h = 1e-6;
    parameters.forEach((value: number, k: number) => {
      const lossAt = (moved: number) => forward(shape, parameters.with(k, moved), sample).loss;
      assert.ok(Math.abs((lossAt(value + h) - lossAt(value - h)) / (2 * h) - found[k]) < 1e-7, `parameter ${k}`);
    });
  });

  test(`${shape.sizes.join("-")}, ${shape.activation} says the same at many places as at one`, () => {
    const outputs = outputsAt(shape, parameters, Float64Array.from(samples.flatMap(({ inputs }: Sample) => inputs)));
    all(
      outputs,
      samples.map((sample: Sample) => forward(shape, parameters, sample).output),
      "output",
    );
  });
}

test("weights stand row by row before the biases, layer by layer", () => {
  const shape: NetworkShape = { sizes: [2, 3, 1], activation: "tanh", output: "linear", loss: "mse" };
  // w1_1_1 w1_1_2 w1_2_1 w1_2_2 w1_3_1 w1_3_2 b1_1 b1_2 b1_3 w2_1_1 w2_1_2 w2_1_3 b2_1
  assert.deepEqual(
    [
      weightAt(shape, 1, 0, 0),
      weightAt(shape, 1, 2, 1),
      biasAt(shape, 1, 0),
      weightAt(shape, 2, 0, 2),
      biasAt(shape, 2, 0),
      countOfParameters(shape),
    ],
    [0, 5, 6, 11, 12, 13],
  );
});
