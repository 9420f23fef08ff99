/**
 * One training step of a network, with its substeps: each neuron of the forward pass, the error, each layer of the
 * backward pass, and the update. The playhead selects the step, `explain.substep` the substep.
 */

import { type Forward, forward, type Sample } from "../math/forwardPass.ts";
import { parametersAt, parametersBetween } from "./columns.ts";
import type { ExplanationSettings, NetworkProblem, Run } from "./types.ts";

/** Derivatives in the loss of one sample, indexed by layer and neuron; layer 0, the inputs, is empty. */
export interface Backward {
  /** of the activation with respect to the pre-activation */
  local: number[][];
  /** of the loss with respect to the activation */
  above: number[][];
  /** of the loss with respect to the pre-activation */
  delta: number[][];
}

export interface NetworkStep {
  network: NetworkProblem;
  /** the row before the step; a fraction lies between two rows */
  row: number;
  /** weights and biases at that row, in the order of `problem.parameters` */
  w: number[];
  /** weights and biases after the step; null: the run ends at this row */
  after: number[] | null;
  /** indices of the samples that the step uses */
  batch: number[];
  /** the step uses all samples */
  seesAll: boolean;
  /** index in the batch of the sample that is shown */
  shown: number;
  sample: Sample;
  forward: Forward;
  /** null: not received yet, or the run ends at this row */
  backward: Backward | null;
}

/**
 * @param isAll  whether the batch is all samples
 * @param chosen  index in the batch; null: the first sample if the batch is part of all; else the first without an
 *   input of 0, as a weight times 0 shows nothing
 * @returns the index in the batch of the sample to show
 */
export const sampleIndex = (samples: Sample[], isAll: boolean, chosen: number | null): number =>
  chosen ?? Math.max(0, isAll ? samples.findIndex(({ inputs }) => inputs.every(Boolean)) : 0);

/**
 * @param row  of the run; a fraction lies between two rows
 * @param chosen  which sample of the batch to show (see `sampleIndex`)
 * @returns the step after a row, without its backward pass; null until parameters and batches have been received
 */
export function networkStepOf(
  network: NetworkProblem,
  run: Run,
  row: number,
  chosen: number | null,
): NetworkStep | null {
  const batches = run.columns.batch;
  if (!run.columns.parameters.length || !run.length || !batches) return null;
  const w = parametersBetween(run, row);
  const stepBatch = batches.length ? batches[Math.min(Math.floor(row), batches.length - 1)] : null;
  const batch = stepBatch ?? network.samples.map((_, k) => k);
  const index = sampleIndex(network.samples, stepBatch === null, chosen);
  const batchIndex = Math.min(Math.max(0, Math.round(index)), batch.length - 1);
  const sample = network.samples[batch[batchIndex]];
  return {
    network,
    row,
    w,
    batch,
    shown: batchIndex,
    sample,
    seesAll: stepBatch === null,
    after: Math.floor(row) < run.length - 1 ? parametersAt(run.columns, Math.floor(row) + 1) : null,
    forward: forward(network, w, sample),
    backward: null,
  };
}

/** @returns the output of the network for each sample */
export const outputsOf = ({ network, w }: NetworkStep): number[] =>
  network.samples.map((sample) => forward(network, w, sample).output);

/** @returns the mean loss over the batch */
export const lossOfStep = ({ network, w, batch }: NetworkStep): number =>
  batch.reduce((sum, k) => sum + forward(network, w, network.samples[k]).loss, 0) / batch.length;

const substepsOfSizes: WeakMap<number[], Substep[]> = new WeakMap();

/** @returns the substeps of a step in order: the same array for the same network each time */
export function substepsIn({ sizes }: NetworkProblem): Substep[] {
  const all = substepsOfSizes.get(sizes) ?? substepsOf(sizes);
  substepsOfSizes.set(sizes, all);
  return all;
}

/** @returns the substep that is selected; null: the whole step */
export function currentSubstep(network: NetworkProblem, { substep }: ExplanationSettings): Substep | null {
  const all = substepsIn(network);
  const index = substepIndex(all, substep);
  return index === null ? null : all[index];
}

export type Pass = "forward" | "error" | "backward" | "update";

/** Layers count from 1, the inputs are layer 0; neurons from 0. */
export type Substep =
  | { pass: "forward"; layer: number; neuron: number }
  | { pass: "backward"; layer: number }
  | { pass: "error" | "update" };

/** @param sizes  neurons of each layer, the inputs first */
function substepsOf(sizes: number[]): Substep[] {
  const layers = sizes.slice(1).map((_, k) => k + 1);
  return [
    ...layers.flatMap((layer) =>
      Array.from({ length: sizes[layer] }, (_, neuron): Substep => ({ pass: "forward", layer, neuron })),
    ),
    { pass: "error" },
    ...layers.toReversed().map((layer): Substep => ({ pass: "backward", layer })),
    { pass: "update" },
  ];
}

/** @returns the name in addresses, "forward-2-1" for the first neuron of layer 2: neurons count from 1 there */
export function substepName(substep: Substep): string {
  if (substep.pass === "forward") return `forward-${substep.layer}-${substep.neuron + 1}`;
  return substep.pass === "backward" ? `backward-${substep.layer}` : substep.pass;
}

/** @returns the index of the substep with a name; null: no substep has it */
export function substepIndex(substeps: Substep[], name: string | null): number | null {
  const index = substeps.findIndex((substep) => substepName(substep) === name);
  return index < 0 ? null : index;
}

/** A step by the row before it, and the index of a substep; index null: the whole step. */
export type SubstepPosition = { row: number; index: number | null };

/**
 * Moves one substep on or back. After the last substep of a step comes the first of the next; the position of a whole
 * step lies just before its first substep.
 * @param substeps  number of substeps in a step
 * @param length  number of rows of the run
 */
export function neighbouringPosition(
  { row, index }: SubstepPosition,
  by: 1 | -1,
  substeps: number,
  length: number,
): SubstepPosition {
  const steps = length - 1;
  const at = index === null ? Math.min(row, steps) * substeps - 0.5 : Math.min(row, steps - 1) * substeps + index;
  const next = by > 0 ? Math.floor(at) + 1 : Math.ceil(at) - 1;
  if (steps < 1 || next < 0) return { row: 0, index: null };
  return next < steps * substeps
    ? { row: Math.floor(next / substeps), index: next % substeps }
    : { row: steps, index: null };
}
