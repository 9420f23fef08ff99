/** A step of a network in plain words, substep by substep. */

import { depthOf } from "../math/forwardPass.ts";
import { capitalized, countInWords, listInWords, subscripted, unbroken } from "../math/text.ts";
import type { Backward, NetworkStep, Substep } from "../state/networkStep.ts";
import type { Catalog, NetworkProblem, Problem } from "../state/types.ts";
import { roundedText } from "./latexValue.ts";
import type { Letter } from "./symbol.ts";

/** Significant digits of a network's numbers, the same in picture, arithmetic and words. */
const DIGITS = 3;

export const networkNumber = (value: number): string => roundedText(value, DIGITS);

/** The optimizer that takes the step: its name, and its rate where the step is the rate times the gradient. */
export interface StepOptimizer {
  label: string;
  rate: number | null;
}

/** @param neurons  from 0 @returns such as "neurons 1, 2 and 4" */
const neuronList = (neurons: number[]): string =>
  `neuron${neurons.length > 1 ? "s" : ""} ${listInWords(neurons.map((neuron) => String(neuron + 1)))}`;

/** @returns the name without its unit in brackets */
const withoutUnit = (name: string) => name.replace(/\s*\(.*\)$/, "");

/** @returns such as "x" with "1" below; a word stays as it is */
export function inputLetter({ inputs }: NetworkProblem, index: number): Letter {
  const name = withoutUnit(inputs[index]);
  const [, stem, below = ""] = name.match(/^([a-z])(\d*)$/) ?? [];
  return stem ? { stem, below } : { stem: name, below: "" };
}

/** @returns such as "x₁" */
export function inputName(network: NetworkProblem, index: number): string {
  const { stem, below } = inputLetter(network, index);
  return stem + subscripted(below);
}

const isOutput = (network: NetworkProblem, layer: number): boolean => layer === depthOf(network);

/** @returns such as "the hidden layer" where there is only one */
function layerName(network: NetworkProblem, layer: number): string {
  if (isOutput(network, layer)) return "output";
  return depthOf(network) === 2 ? "hidden layer" : `layer ${layer}`;
}

/** @returns such as "neuron 2", "neuron 2 of layer 1" */
export function neuronName(network: NetworkProblem, layer: number, neuron: number): string {
  if (isOutput(network, layer)) return "output";
  return `neuron ${neuron + 1}${depthOf(network) === 2 ? "" : ` of layer ${layer}`}`;
}

/**
 * @param label  the label of an activation
 * @returns the label within a sentence; a name with capitals inside, such as ReLU, keeps them
 */
const activationWord = (label: string): string => (/^\p{Lu}\p{Ll}+$/u.test(label) ? label.toLowerCase() : label);

/** @returns such as "2 inputs, 3 tanh neurons, 1 linear output" */
export function outlineWords({ sizes, activation, output }: NetworkProblem): string {
  return [
    countInWords(sizes[0], "input"),
    ...sizes.slice(1, -1).map((size) => countInWords(size, `${activation} neuron`)),
    `1 ${output} output`,
  ].join(", ");
}

/** @returns the sample that goes through the network, in words */
export function sampleWords({ network, sample: { inputs, target } }: NetworkStep): string {
  const inputWords = inputs.map((value, k) => `${inputName(network, k)} = ${networkNumber(value)}`);
  // For a category, which is 1 in one column and 0 in the others, only that column is named.
  const shownInputs = inputs.length > 2 ? inputWords.filter((_, k) => inputs[k] !== 0) : inputWords;
  return unbroken(`${shownInputs.join(", ")}; target ${networkNumber(target)}`);
}

/** @returns such as "0.292 too low"; null where the output equals the target */
function missWords({ forward: { output, target } }: NetworkStep): string | null {
  const text = networkNumber(Math.abs(output - target));
  return output === target ? null : `${text} too ${output < target ? "low" : "high"}`;
}

const turns = (z: number, a: number) => `Its curve turns ${networkNumber(z)} into ${networkNumber(a)}`;

/** What an activation does to a pre-activation, in words. */
const CURVES: Record<string, (z: number, a: number) => string> = {
  tanh: (z, a) => `${turns(z, a)}.`,
  sigmoid: (z, a) => `${turns(z, a)}.`,
  relu: (z) =>
    z > 0
      ? `It is above 0, so ReLU passes ${networkNumber(z)} on as it is.`
      : `It comes to ${networkNumber(z)}, which is not above 0, so ReLU passes on 0.`,
  linear: (z) => `Its line passes ${networkNumber(z)} on as it is.`,
};

function forwardWords({ network, forward: { z, a } }: NetworkStep, layer: number, neuron: number): string {
  const [before, after] = [z[layer][neuron], a[layer][neuron]];
  const name = capitalized(isOutput(network, layer) ? "the output" : neuronName(network, layer, neuron));
  const kind = layer === 1 ? "input" : "activation";
  const adds = `${name} adds what arrives, each ${kind} times its weight, and its bias`;
  if (!isOutput(network, layer)) return `${adds}. ${CURVES[network.activation](before, after)}`;
  if (network.output === "linear") return `${adds}: the network says ${networkNumber(after)}.`;
  return `${adds}. ${turns(before, after)}: how probable label 1 is to the network.`;
}

const ERRORS: Record<string, (step: NetworkStep) => string> = {
  mse(step) {
    const [output, target, loss] = [step.forward.output, step.forward.target, step.forward.loss].map(networkNumber);
    const miss = missWords(step) ?? "no error";
    return `The output is ${output}, the target ${target}: ${miss}. Squared, that is the loss of this sample, ${loss}.`;
  },
  cross_entropy({ forward: { output, target, loss } }) {
    const probability = networkNumber(target === 1 ? output : 1 - output);
    return (
      `To the right label, ${networkNumber(target)}, the network gives the probability ${probability}. ` +
      `The loss is minus its logarithm, ${networkNumber(loss)}.`
    );
  },
};

/** Up to so many neurons are listed, more are only counted. */
const LISTED = 3;

/**
 * How the slope of an activation passes the error on; nothing: the neurons with slope 0; count: the number of neurons.
 */
const THROUGH: Record<string, (nothing: number[], count: number) => string> = {
  tanh: () => "Where the curve is flat, little gets through.",
  sigmoid: () => "Each slope is at most 1/4, and where the curve is flat little gets through.",
  relu: (nothing, count) => {
    if (!nothing.length) return "Above 0 that slope is 1: here all of it gets through.";
    const which =
      nothing.length === count
        ? "any of them"
        : nothing.length > LISTED
          ? `${nothing.length} of ${count} neurons`
          : neuronList(nothing);
    return `Where a sum is not above 0 that slope is 0: nothing gets through to ${which}.`;
  },
  linear: () => "Its line has a slope of 1: all of it gets through.",
};

function backwardWords(step: NetworkStep, { delta, local }: Backward, layer: number): string {
  const {
    network,
    forward: { output, target },
  } = step;
  const last = depthOf(network);
  const miss = missWords(step);
  if (miss === null) return "The output is the target, so there is no error to take back: every δ is 0.";
  if (layer === last) {
    const deltaWords = networkNumber(delta[last][0]);
    const derivative =
      network.loss === "mse"
        ? `The derivative of the squared error is twice that: δ = ${deltaWords}.` +
          " For each weight it is multiplied by what came in through it."
        : "Through the logarithm and the curve together the derivative is just output less target:" +
          ` δ = ${networkNumber(output)} − ${networkNumber(target)} = ${deltaWords}.`;
    return `The output is ${miss}. ${derivative}`;
  }
  const flat = local[layer].flatMap((slope, k) => (slope === 0 ? [k] : []));
  const back =
    layer === last - 1
      ? `Each neuron takes the output's δ, ${networkNumber(delta[last][0])}, times its weight`
      : `Each neuron of layer ${layer} adds up the δ of layer ${layer + 1}, each times its weight`;
  return `${back}, times the slope of its own curve. ${THROUGH[network.activation](flat, local[layer].length)}`;
}

/** @returns whose gradient it is: that of one sample, or the mean over several */
const meanWords = ({ batch, seesAll }: NetworkStep): string =>
  batch.length === 1
    ? ""
    : `the mean over ${seesAll ? `all ${batch.length} samples` : `the ${batch.length} samples of this step`}`;

const ENDS = "The run ends here: no step leads on.";

function updateWords(step: NetworkStep, { label, rate }: StepOptimizer): string {
  const mean = meanWords(step);
  const gradient = `gradient${mean ? `, ${mean}` : ""}`;
  if (rate === null)
    return `Each weight and bias has its ${gradient}. ${label} makes a step of its own of it, by its own lines.`;
  const taken = `${networkNumber(rate)} times the gradient is taken away`;
  return `Each weight and bias has its ${gradient}. It goes against it: ${taken}.`;
}

/** @param substep  null: the whole step @param stepping  the optimizer of the update */
export function networkSentence(
  step: NetworkStep,
  substep: Substep | null,
  stepping: StepOptimizer | null = null,
): string {
  if (substep?.pass === "forward") return forwardWords(step, substep.layer, substep.neuron);
  if (substep?.pass === "error") return ERRORS[step.network.loss](step);
  if (substep?.pass === "backward") return step.backward ? backwardWords(step, step.backward, substep.layer) : ENDS;
  if (substep?.pass === "update") return stepping ? updateWords(step, stepping) : ENDS;
  const miss = missWords(step) ?? "which is the target";
  const { output, loss } = step.forward;
  return `For this sample the network says ${networkNumber(output)}, ${miss}: a loss of ${networkNumber(loss)}.`;
}

/** @returns the place of a substep in a word: "neuron 2", "loss", "hidden layer", "w, b" */
export function substepTitle(network: NetworkProblem, substep: Substep): string {
  if (substep.pass === "forward") return neuronName(network, substep.layer, substep.neuron);
  if (substep.pass === "backward") return layerName(network, substep.layer);
  return substep.pass === "error" ? "loss of this sample" : "weights and biases";
}

/** @returns the number of the substep in its pass, and its samples: "forward, 2 of 4, this sample" */
export function countWords({ batch }: NetworkStep, substeps: Substep[], substep: Substep): string {
  const inPass = substeps.filter(({ pass }) => pass === substep.pass);
  const count =
    inPass.length > 1 ? `${substep.pass}, ${inPass.indexOf(substep) + 1} of ${inPass.length}` : substep.pass;
  if (batch.length === 1) return count;
  return `${count}, ${substep.pass === "update" ? `mean over ${batch.length}` : "this sample"}`;
}

/** @param outputs  of all samples @returns how near the outputs are to the targets, in a sentence */
export function predictionWords({ network: { kind, samples } }: NetworkStep, outputs: number[]): string {
  if (kind === "classification") {
    const right = samples.filter(({ target }, k) => outputs[k] > 0.5 === target > 0.5).length;
    return `The network has ${right} of ${samples.length} samples on the right side of 0.5.`;
  }
  const most = Math.max(...samples.map(({ target }, k) => Math.abs(outputs[k] - target)));
  return `The network is at most ${networkNumber(most)} off the target, over ${samples.length} samples.`;
}

const activationOf = (catalog: Catalog | null, activation = "") =>
  activationWord(catalog?.networks?.activations.find(({ name }) => name === activation)?.label ?? activation);

/** "XOR, 4 and 3 tanh neurons, weights set by hand" @param start  null: a seed draws the first weights */
export function titleWords({ label, network }: Problem, catalog: Catalog | null, start: number[] | null): string {
  const hidden = network?.sizes.slice(1, -1) ?? [];
  const layers = listInWords(hidden.map(String));
  const neurons = `${layers} ${activationOf(catalog, network?.activation)} neuron${layers === "1" ? "" : "s"}`;
  return [label, ...(hidden.length ? [neurons] : []), ...(start ? ["weights set by hand"] : [])].join(", ");
}
