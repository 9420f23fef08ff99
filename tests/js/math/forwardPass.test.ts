import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  biasAt,
  forward,
  type NetworkShape,
  outputsAt,
  type Sample,
  weightAt,
} from "../../../static/page/math/forwardPass.ts";

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
  test(`the loss of ${name} is PyTorch's`, () => {
    const losses = samples.map((sample) => forward(shape, given.start, sample).loss);
    close(losses.reduce((sum, loss) => sum + loss, 0) / samples.length, given.whole.loss, "loss");
  });
}

for (const { shape, parameters, samples } of steps.cases) {
  const name = `${shape.sizes.join("-")}, ${shape.activation}, ${shape.loss}`;
  test(`every value on the way forward through ${name} is the server's`, () => {
    for (const { inputs, target, loss, z, a } of samples) {
      const pass = forward(shape, parameters, { inputs, target });
      for (const [k, row] of z.entries()) all(pass.z[k + 1], row, `z of layer ${k + 1}`);
      for (const [k, row] of a.entries()) all(pass.a[k + 1], row, `a of layer ${k + 1}`);
      close(pass.loss, loss, "loss");
    }
  });

  test(`${name} says the same at many places as at one`, () => {
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
    ],
    [0, 5, 6, 11, 12],
  );
});
