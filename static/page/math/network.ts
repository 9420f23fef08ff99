/**
 * A small fully connected network with one output neuron: forward and backpropagation, as in
 * `fallline/problems/network.py`.
 *
 *     pre-activation   z = sum of weight * activation before + bias        activation   a = f(z)
 *     at the output    delta = d loss / d z
 *     further back     delta = f'(z) * sum of weight * delta behind
 *     gradient         delta * activation before, of a bias delta; over a batch the mean
 *
 * Layers count from 1, the inputs are layer 0; neurons count from 0.
 */

export interface NetworkShape {
  /** neurons of each layer, the inputs first and the one output neuron last */
  sizes: number[];
  /** of the hidden neurons */
  activation: string;
  /** activation of the output neuron */
  output: string;
  loss: string;
}

export interface Sample {
  inputs: number[];
  target: number;
}

interface Activation {
  of: (z: number) => number;
  /** its derivative, from the activation */
  derivative: (a: number) => number;
}

/** At 0 the derivative of relu is 0. */
const ACTIVATIONS: Record<string, Activation> = {
  tanh: { of: Math.tanh, derivative: (a) => 1 - a * a },
  sigmoid: { of: (z) => 1 / (1 + Math.exp(-z)), derivative: (a) => a * (1 - a) },
  // biome-ignore lint/complexity/useMathMinMax: what is not a number comes to 0, as on the server
  relu: { of: (z) => (z > 0 ? z : 0), derivative: (a) => (a > 0 ? 1 : 0) },
  linear: { of: (z) => z, derivative: () => 1 },
};

interface Loss {
  /** of one sample, from the pre-activation of the output neuron, where no digits are lost */
  of: (z: number, output: number, target: number) => number;
  /** its derivative in the output */
  above: (output: number, target: number) => number;
  /** its derivative in that pre-activation */
  delta: (output: number, target: number) => number;
}

const LOSSES: Record<string, Loss> = {
  mse: {
    of: (_, output, target) => (output - target) ** 2,
    above: (output, target) => 2 * (output - target),
    delta: (output, target) => 2 * (output - target),
  },
  cross_entropy: {
    of: (z, _, target) => Math.max(z, 0) - z * target + Math.log1p(Math.exp(-Math.abs(z))),
    above: (output, target) => (1 - target) / (1 - output) - target / output,
    delta: (output, target) => output - target,
  },
};

export const activationOf = ({ sizes, activation, output }: NetworkShape, layer: number): Activation =>
  ACTIVATIONS[layer === sizes.length - 1 ? output : activation];

/** @returns the number of layers behind the inputs */
export const depthOf = ({ sizes }: NetworkShape): number => sizes.length - 1;

/** @returns where the parameters of a layer begin: its weights row by row, then its biases */
function offsetOf({ sizes }: NetworkShape, layer: number): number {
  let offset = 0;
  for (let l = 1; l < layer; l++) offset += sizes[l] * (sizes[l - 1] + 1);
  return offset;
}

/** @returns how many weights and biases it has */
export const countOfParameters = (shape: NetworkShape): number => offsetOf(shape, shape.sizes.length);

/** @returns the place among the parameters of the weight from a neuron (or input) to one of the next layer */
export const weightAt = (shape: NetworkShape, layer: number, to: number, from: number): number =>
  offsetOf(shape, layer) + to * shape.sizes[layer - 1] + from;

export const biasAt = (shape: NetworkShape, layer: number, to: number): number =>
  offsetOf(shape, layer) + shape.sizes[layer] * shape.sizes[layer - 1] + to;

/** What comes of one sample: pre-activations and activations by layer and neuron; of layer 0 the inputs alone. */
export interface Forward {
  z: number[][];
  a: number[][];
  output: number;
  /** its loss */
  loss: number;
  target: number;
}

export function forward(shape: NetworkShape, w: ArrayLike<number>, { inputs, target }: Sample): Forward {
  const z: number[][] = [[]];
  const a: number[][] = [inputs];
  let at = 0;
  for (let layer = 1; layer < shape.sizes.length; layer++) {
    const [before, neurons, { of }] = [a[layer - 1], shape.sizes[layer], activationOf(shape, layer)];
    const biases = at + neurons * before.length;
    z.push(
      Array.from(
        { length: neurons },
        (_, to) =>
          before.reduce((sum, value, from) => sum + w[at + to * before.length + from] * value, 0) + w[biases + to],
      ),
    );
    a.push(z[layer].map(of));
    at = biases + neurons;
  }
  const [last, output] = [z[z.length - 1][0], a[a.length - 1][0]];
  return { z, a, output, target, loss: LOSSES[shape.loss].of(last, output, target) };
}

/**
 * By layer and neuron: delta, and the two factors whose product it is. Under cross-entropy delta is what that product
 * simplifies to.
 */
export interface Backward {
  /** derivative of the activation in the pre-activation */
  local: number[][];
  /** of the loss in the activation */
  above: number[][];
  /** of the loss in the pre-activation */
  delta: number[][];
}

export function backward(shape: NetworkShape, w: ArrayLike<number>, { a, output, target }: Forward): Backward {
  const last = depthOf(shape);
  const { above, delta } = LOSSES[shape.loss];
  const back: Backward = { local: [[]], above: [[]], delta: [[]] };
  for (let layer = last; layer > 0; layer--) {
    const { derivative } = activationOf(shape, layer);
    back.local[layer] = a[layer].map(derivative);
    back.above[layer] =
      layer === last
        ? [above(output, target)]
        : a[layer].map((_, from) =>
            back.delta[layer + 1].reduce((sum, value, to) => sum + value * w[weightAt(shape, layer + 1, to, from)], 0),
          );
    back.delta[layer] =
      layer === last ? [delta(output, target)] : back.above[layer].map((value, k) => value * back.local[layer][k]);
  }
  return back;
}

/** @returns of the loss of one sample, in the order of the parameters */
export function gradientOf(shape: NetworkShape, { a }: Forward, { delta }: Backward): Float64Array {
  const gradient = new Float64Array(countOfParameters(shape));
  let at = 0;
  for (let layer = 1; layer < shape.sizes.length; layer++) {
    for (const value of delta[layer]) for (const input of a[layer - 1]) gradient[at++] = value * input;
    for (const value of delta[layer]) gradient[at++] = value;
  }
  return gradient;
}

/** @returns of the mean loss over samples */
export function batchGradient(shape: NetworkShape, w: ArrayLike<number>, samples: Sample[]): Float64Array {
  const mean = new Float64Array(countOfParameters(shape));
  for (const sample of samples) {
    const pass = forward(shape, w, sample);
    const gradient = gradientOf(shape, pass, backward(shape, w, pass));
    for (const [k, value] of gradient.entries()) mean[k] += value / samples.length;
  }
  return mean;
}

/**
 * The output at many places, for a picture of what the network says: nothing is made anew on the way.
 * @param inputs  those of one place after those of the other
 */
export function outputsAt(shape: NetworkShape, w: ArrayLike<number>, inputs: Float64Array): Float64Array {
  const { sizes } = shape;
  const count = inputs.length / sizes[0];
  const outputs = new Float64Array(count);
  let [before, after] = [new Float64Array(Math.max(...sizes)), new Float64Array(Math.max(...sizes))];
  const curves = sizes.map((_, layer) => ACTIVATIONS[layer === sizes.length - 1 ? shape.output : shape.activation].of);
  for (let k = 0; k < count; k++) {
    for (let from = 0; from < sizes[0]; from++) before[from] = inputs[k * sizes[0] + from];
    let at = 0;
    for (let layer = 1; layer < sizes.length; layer++) {
      const [wide, neurons, of] = [sizes[layer - 1], sizes[layer], curves[layer]];
      const biases = at + neurons * wide;
      for (let to = 0; to < neurons; to++) {
        let sum = w[biases + to];
        for (let from = 0; from < wide; from++) sum += w[at + to * wide + from] * before[from];
        after[to] = of(sum);
      }
      at = biases + neurons;
      [before, after] = [after, before];
    }
    outputs[k] = before[0];
  }
  return outputs;
}
