/** What of a network has been computed at a substep, what is at work, and what of it is written. */
import { depthOf, type NetworkShape } from "../../math/network.ts";
import type { Backward, NetworkStep, Substep } from "../../state/networkStep.ts";
import type { NetworkProblem } from "../../state/types.ts";

/** Layers count from 1, neurons from 0. */
export type NeuronAt = { layer: number; neuron: number };

/** @returns the quantity that it has at a substep, as a working names it */
export function neuronQuantity({ sizes }: NetworkShape, substep: Substep | null, { layer, neuron }: NeuronAt): string {
  if (substep?.pass === "backward") return `delta${layer}_${neuron + 1}`;
  return layer === sizes.length - 1 ? "y_hat" : `a${layer}_${neuron + 1}`;
}

/** @returns the neuron that a quantity is of */
export function neuronOf({ sizes }: NetworkShape, quantity: string | null): NeuronAt | null {
  if (quantity === "y_hat") return { layer: sizes.length - 1, neuron: 0 };
  const [, layer, neuron] = quantity?.match(/^(?:z|a|delta|local_derivative|from_above)(\d+)_(\d+)$/) ?? [];
  return layer === undefined ? null : { layer: Number(layer), neuron: Number(neuron) - 1 };
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
