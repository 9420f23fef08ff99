/** A step of a network as formulas with its numbers put in, named as the working of a step names them. */
import { biasAt, depthOf, weightAt } from "../math/network.ts";
import type { WireStep } from "../resources/step.ts";
import { type Backward, lossOfStep, type NetworkStep } from "../state/networkStep.ts";
import type { NetworkProblem } from "../state/types.ts";
import { latexValue } from "./latexValue.ts";
import { filledValue } from "./stepLines.ts";

const DIGITS = 3;

/** A sum of more terms is written with a summation sign, and of its numbers the first and the last. */
const LONGEST = 6;
const FIRST = 3;

const number = (value: number) => latexValue(value, DIGITS);

/** As a factor or a term behind a sign. */
const operand = (value: number) => (number(value).startsWith("-") ? `(${number(value)})` : number(value));

/** Raised to a power. */
const raised = (value: number, power: string) =>
  /^[\d.]+$/.test(number(value)) ? `${number(value)}^{${power}}` : `(${number(value)})^{${power}}`;

/** One line: what is computed, with the numbers put in, and what comes of it. */
export interface NetworkLine {
  label: string;
  formula: string;
  /** null where nothing is to be put in */
  numbers: string | null;
  value: number;
}

const z = (layer: number, neuron: number) => `z_{${layer},${neuron + 1}}`;
/** Of a neuron by its place, from 0; of any by a letter. */
const index = (at: number | string) => (typeof at === "number" ? at + 1 : at);
const w = (layer: number, to: number | string, from: number | string) => `w_{${layer},${index(to)},${index(from)}}`;
const delta = (layer: number, neuron: number | string) => `\\delta_{${layer},${index(neuron)}}`;

/** Of a neuron, of the output, of an input. */
function a(network: NetworkProblem, layer: number, neuron: number | string): string {
  if (layer === 0) return `x_{${index(neuron)}}`;
  return layer === depthOf(network) ? "\\hat{y}" : `a_{${layer},${index(neuron)}}`;
}

const CURVES: Record<string, (z: string) => string> = {
  tanh: (inside) => `\\tanh(${inside})`,
  sigmoid: (inside) => `\\frac{1}{1 + e^{-${inside.startsWith("-") ? `(${inside})` : inside}}}`,
  relu: (inside) => `\\max(0, ${inside})`,
  linear: (inside) => inside,
};

/** The slope of an activation's curve, from the activation: the formula, with the numbers put in, and the result. */
const SLOPES: Record<string, { formula: (a: string) => string; numbers: (a: number, slope: string) => string }> = {
  tanh: { formula: (name) => `1 - ${name}^{2}`, numbers: (value, slope) => `1 - ${raised(value, "2")} = ${slope}` },
  sigmoid: {
    formula: (name) => `${name} (1 - ${name})`,
    numbers: (value, slope) => `${number(value)} \\cdot (1 - ${operand(value)}) = ${slope}`,
  },
  relu: {
    formula: (name) => `1 \\text{ if } ${name} > 0`,
    numbers: (value, slope) => `a = ${number(value)} \\to ${slope}`,
  },
  linear: { formula: () => "", numbers: (_, slope) => slope },
};

function sum(terms: string[]): string {
  return terms.length <= LONGEST
    ? terms.join(" + ")
    : [...terms.slice(0, FIRST), "\\cdots", terms[terms.length - 1]].join(" + ");
}

/** Of a neuron forward: its pre-activation and its activation. */
export function forwardLines(
  { network, w: values, forward }: NetworkStep,
  layer: number,
  neuron: number,
): NetworkLine[] {
  const before = forward.a[layer - 1];
  const [preactivation, activation] = [forward.z[layer][neuron], forward.a[layer][neuron]];
  const curve = CURVES[layer === depthOf(network) ? network.output : network.activation];
  const symbols =
    before.length <= LONGEST
      ? before.map((_, from) => `${w(layer, neuron, from)} ${a(network, layer - 1, from)}`).join(" + ")
      : `\\textstyle\\sum_{j} ${w(layer, neuron, "j")} ${a(network, layer - 1, "j")}`;
  const products = before.map(
    (value, from) => `${operand(values[weightAt(network, layer, neuron, from)])} \\cdot ${operand(value)}`,
  );
  const name = a(network, layer, neuron);
  return [
    {
      label: "pre-activation",
      formula: `${z(layer, neuron)} = ${symbols} + b_{${layer},${neuron + 1}}`,
      numbers: `${sum(products)} + ${operand(values[biasAt(network, layer, neuron)])}`,
      value: preactivation,
    },
    {
      label: layer === depthOf(network) ? "output" : "activation",
      formula: `${name} = ${curve(z(layer, neuron))}`,
      numbers: curve(number(preactivation)),
      value: activation,
    },
  ];
}

const LOSSES: Record<string, { formula: string; numbers: (output: number, target: number) => string }> = {
  mse: {
    formula: "L_{i} = (\\hat{y} - y)^{2}",
    numbers: (output, target) => `(${number(output)} - ${operand(target)})^{2}`,
  },
  cross_entropy: {
    formula: "L_{i} = -\\bigl(y \\ln(\\hat{y}) + (1 - y) \\ln(1 - \\hat{y})\\bigr)",
    numbers: (output, target) => (target === 1 ? `-\\ln(${number(output)})` : `-\\ln(1 - ${number(output)})`),
  },
};

/** The loss of the sample, and of several the mean over the batch. */
export function errorLines(step: NetworkStep): NetworkLine[] {
  const {
    network,
    forward: { output, target, loss },
    batch,
  } = step;
  const { formula, numbers } = LOSSES[network.loss];
  const own = { label: "loss of this sample", formula, numbers: numbers(output, target), value: loss };
  if (batch.length === 1) return [own];
  const mean = {
    label: `mean over ${batch.length}`,
    formula: `L = \\tfrac{1}{${batch.length}} \\textstyle\\sum_{i} L_{i}`,
    numbers: null,
    value: lossOfStep(step),
  };
  return [own, mean];
}

/** A neuron, backward: its slope times what comes from above is its delta; a weight takes delta times its input. */
interface BackwardRow {
  neuron: number;
  /** with the numbers put in, and what comes of them: LaTeX */
  slope: string;
  slopeValue: number;
  above: string;
  aboveValue: number;
  delta: number;
  /** in each weight, in order */
  gradients: number[];
}

interface BackwardTable {
  /** LaTeX of what stands in the columns */
  slope: string;
  above: string;
  delta: string;
  /** for each weight: it and its input as LaTeX, and the number that came in through it */
  inputs: { weight: string; name: string; value: number }[];
  rows: BackwardRow[];
}

const ABOVE: Record<string, { formula: string; numbers: (output: number, target: number) => string }> = {
  mse: {
    formula: "2 (\\hat{y} - y)",
    numbers: (output, target) => `2 \\cdot (${number(output)} - ${operand(target)})`,
  },
  cross_entropy: {
    formula: "\\textstyle\\frac{\\hat{y} - y}{\\hat{y} (1 - \\hat{y})}",
    numbers: (output, target) => (target === 1 ? `-1 / ${number(output)}` : `1 / (1 - ${number(output)})`),
  },
};

export function backwardTable(
  { network, w: values, forward }: NetworkStep,
  backward: Backward,
  layer: number,
): BackwardTable {
  const last = depthOf(network);
  const slopes = SLOPES[layer === last ? network.output : network.activation];
  const many = layer < last && network.sizes[layer + 1] > 1;
  const above =
    layer === last
      ? ABOVE[network.loss].formula
      : many
        ? `\\textstyle\\sum_{k} ${w(layer + 1, "k", "j")} ${delta(layer + 1, "k")}`
        : `${w(layer + 1, 0, "j")} ${delta(layer + 1, 0)}`;
  const before = forward.a[layer - 1];
  return {
    slope: slopes.formula(layer === last ? "\\hat{y}" : "a"),
    above,
    delta: layer === last && network.loss === "cross_entropy" ? "\\hat{y} - y" : "",
    inputs: before.map((value, from) => ({
      weight: w(layer, layer === last ? 0 : "j", from),
      name: a(network, layer - 1, from),
      value,
    })),
    rows: forward.a[layer].map((activation, neuron) => {
      const own = backward.delta[layer][neuron];
      const numbers =
        layer === last
          ? ABOVE[network.loss].numbers(forward.output, forward.target)
          : sum(
              backward.delta[layer + 1].map(
                (value, to) => `${operand(values[weightAt(network, layer + 1, to, neuron)])} \\cdot ${operand(value)}`,
              ),
            );
      return {
        neuron,
        delta: own,
        gradients: before.map((value) => own * value),
        slopeValue: backward.local[layer][neuron],
        slope: slopes.numbers(activation, number(backward.local[layer][neuron])),
        aboveValue: backward.above[layer][neuron],
        above: `${numbers} = ${number(backward.above[layer][neuron])}`,
      };
    }),
  };
}

/** A weight or bias, and what the step makes of it. */
interface UpdateRow {
  name: string;
  before: number;
  gradient: number;
  after: number;
}

export const updateRows = ({ before, gradient, after }: WireStep): UpdateRow[] =>
  Object.entries(before).map(([name, value]) => ({
    name,
    before: value,
    gradient: filledValue(gradient[name]),
    after: after[name],
  }));
