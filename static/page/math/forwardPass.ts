/**
 * The forward pass of a small fully connected network with one output neuron, computed in each frame. The backward pass
 * comes from the server, which computes both (`fallline/problems/network.py`).
 *
 *     pre-activation   z = sum of weight * activation before + bias        activation   a = f(z)
 *
 * Layers count from 1, the inputs are layer 0; neurons count from 0.
 */

export interface NetworkShape {
  /** how many neurons each layer has, the inputs first and the output neuron last */
  sizes: number[];
  /** of the hidden neurons */
  activation: string;
  /** activation of the output neuron */
  output: string;
  loss: string;
}

/** The inputs and targets, as they are fitted. */
export interface Sample {
  inputs: number[];
  target: number;
}

const ACTIVATIONS: Record<string, (z: number) => number> = {
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  // biome-ignore lint/complexity/useMathMinMax: what is not a number comes to 0, as on the server
  relu: (z) => (z > 0 ? z : 0),
  linear: (z) => z,
};

/** The loss of one sample, from the pre-activation of the output neuron, as no digits are lost there. */
const LOSSES: Record<string, (z: number, target: number) => number> = {
  mse: (z, target) => (z - target) ** 2,
  cross_entropy: (z, target) => Math.max(z, 0) - z * target + Math.log1p(Math.exp(-Math.abs(z))),
};

export const activationOf = ({ sizes, activation, output }: NetworkShape, layer: number) =>
  ACTIVATIONS[layer === sizes.length - 1 ? output : activation];

/** @returns the number of layers behind the inputs */
export const depthOf = ({ sizes }: NetworkShape): number => sizes.length - 1;

/** @returns where the parameters of a layer begin: its weights row by row, then its biases */
function offsetOf({ sizes }: NetworkShape, layer: number): number {
  let offset = 0;
  for (let l = 1; l < layer; l++) offset += sizes[l] * (sizes[l - 1] + 1);
  return offset;
}

/** @returns the index, among the parameters, of the weight from a neuron (or input) to one of the next layer */
export const weightAt = (shape: NetworkShape, layer: number, to: number, from: number): number =>
  offsetOf(shape, layer) + to * shape.sizes[layer - 1] + from;

export const biasAt = (shape: NetworkShape, layer: number, to: number): number =>
  offsetOf(shape, layer) + shape.sizes[layer] * shape.sizes[layer - 1] + to;

/** The forward pass of one sample: pre-activations and activations by layer and neuron; layer 0 has only the inputs. */
export interface Forward {
  z: number[][];
  a: number[][];
  output: number;
  /** its loss */
  loss: number;
  target: number;
}

/** The pre-activations of a layer, put into `z`. @param at  where its parameters begin @returns where they end */
function addUp(
  w: ArrayLike<number>,
  at: number,
  before: ArrayLike<number>,
  wide: number,
  z: Float64Array,
  neurons: number,
) {
  const biases = at + neurons * wide;
  for (let to = 0; to < neurons; to++) {
    let sum = w[biases + to];
    for (let from = 0; from < wide; from++) sum += w[at + to * wide + from] * before[from];
    z[to] = sum;
  }
  return biases + neurons;
}

export function forward(shape: NetworkShape, w: ArrayLike<number>, { inputs, target }: Sample): Forward {
  const z: number[][] = [[]];
  const a: number[][] = [inputs];
  let at = 0;
  for (const [k, neurons] of shape.sizes.slice(1).entries()) {
    const sums = new Float64Array(neurons);
    at = addUp(w, at, a[k], shape.sizes[k], sums, neurons);
    z.push([...sums]);
    a.push(z[k + 1].map(activationOf(shape, k + 1)));
  }
  const [last, output] = [z[z.length - 1][0], a[a.length - 1][0]];
  return { z, a, output, target, loss: LOSSES[shape.loss](last, target) };
}

/**
 * The outputs at many places, for a picture of the prediction; no arrays are allocated in between.
 * @param inputs  the inputs of each place, one place after another
 */
export function outputsAt(shape: NetworkShape, w: ArrayLike<number>, inputs: Float64Array): Float64Array {
  const { sizes } = shape;
  const count = inputs.length / sizes[0];
  const outputs = new Float64Array(count);
  let [before, after] = [new Float64Array(Math.max(...sizes)), new Float64Array(Math.max(...sizes))];
  const curves = sizes.map((_, layer) => activationOf(shape, layer));
  for (let k = 0; k < count; k++) {
    for (let from = 0; from < sizes[0]; from++) before[from] = inputs[k * sizes[0] + from];
    let at = 0;
    for (let layer = 1; layer < sizes.length; layer++) {
      at = addUp(w, at, before, sizes[layer - 1], after, sizes[layer]);
      for (let to = 0; to < sizes[layer]; to++) after[to] = curves[layer](after[to]);
      [before, after] = [after, before];
    }
    outputs[k] = before[0];
  }
  return outputs;
}
