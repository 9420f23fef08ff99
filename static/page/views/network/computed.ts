/** What of a network has been computed at a substep, what is at work, and what of it is written. */
import { depthOf } from "../../math/network.ts";
import type { Backward, NetworkStep } from "../../state/networkStep.ts";
import type { Substep } from "../../state/substep.ts";
import type { NetworkProblem } from "../../state/types.ts";

/** Layers count from 1, neurons from 0. */
export type NeuronAt = { layer: number; neuron: number };

/** @returns the name of a neuron as a quantity, by which it is highlighted */
export const neuronQuantity = ({ layer, neuron }: NeuronAt): string => `neuron.${layer}.${neuron}`;

export function highlightedNeuron(highlighted: string | null): NeuronAt | null {
  const [, layer, neuron] = highlighted?.match(/^neuron\.(\d+)\.(\d+)$/) ?? [];
  return layer === undefined ? null : { layer: Number(layer), neuron: Number(neuron) };
}

export const isPointedAt = (highlighted: NeuronAt | null, layer: number, neuron: number): boolean =>
  highlighted?.layer === layer && highlighted.neuron === neuron;

/** @returns whether the forward pass has come to a neuron */
export function isComputed(substep: Substep | null, layer: number, neuron: number): boolean {
  if (substep?.pass !== "forward") return true;
  return layer < substep.layer || (layer === substep.layer && neuron <= substep.neuron);
}

/** @returns whether a neuron is what the substep computes */
export function isAtWork(network: NetworkProblem, substep: Substep | null, layer: number, neuron: number): boolean {
  if (substep?.pass === "forward") return layer === substep.layer && neuron === substep.neuron;
  if (substep?.pass === "error") return layer === depthOf(network);
  return substep?.pass === "backward" && layer === substep.layer;
}

/**
 * @returns the way back where it has come to a layer, else null; in the update only where the changes are of this
 * sample alone
 */
export function backwardAt({ batch, backward }: NetworkStep, substep: Substep | null, layer: number): Backward | null {
  if (substep?.pass === "update") return batch.length === 1 ? backward : null;
  return substep?.pass === "backward" && layer >= substep.layer ? backward : null;
}

/** @returns whether the substep goes through the weight that leads to a neuron of a layer from one before */
export function isWeightAtWork(substep: Substep | null, layer: number, to: number): boolean {
  if (substep?.pass === "forward") return layer === substep.layer && to === substep.neuron;
  if (substep?.pass === "backward") return layer === substep.layer + 1;
  return substep === null || substep.pass === "update";
}
