/** One step of a network: the sample that goes through it, forward and back, and the parameters it makes. */

import { type Forward, forward, type Sample } from "../math/network.ts";
import { memo } from "../reads.ts";
import { parametersAt, parametersBetween } from "./columns.ts";
import { type Substep, substepIndex, substepsOf } from "./substep.ts";
import type { Explain, NetworkProblem, Run } from "./types.ts";

/** The way back of a sample, by layer and neuron; nothing of layer 0. */
export interface Backward {
  /** derivative of the activation in the pre-activation */
  local: number[][];
  /** of the loss in the activation */
  above: number[][];
  /** of the loss in the pre-activation */
  delta: number[][];
}

export interface NetworkStep {
  network: NetworkProblem;
  /** it leads from this row to the next; a fraction lies between two rows */
  row: number;
  /** weights and biases there, in the order of `problem.parameters` */
  w: number[];
  /** those of the next row; null where no step leads on */
  after: number[] | null;
  /** indices of the samples that the step sees */
  batch: number[];
  /** every step sees all of them */
  seesAll: boolean;
  /** which of the batch is shown, in its order */
  shown: number;
  sample: Sample;
  forward: Forward;
  /** null until it has come, and where no step leads on */
  backward: Backward | null;
}

/**
 * @param row  of the run, or a place between two
 * @param wanted  which sample of the batch is to be shown
 * @returns null until its parameters and batches have come
 */
export function networkStepOf(network: NetworkProblem, run: Run, row: number, wanted: number): NetworkStep | null {
  const batches = run.columns.batch;
  if (!run.columns.parameters.length || !run.length || !batches) return null;
  const w = parametersBetween(run, row);
  const seen = batches.length ? batches[Math.min(Math.floor(row), batches.length - 1)] : null;
  const batch = seen ?? network.samples.map((_, k) => k);
  const shown = Math.min(Math.max(0, Math.round(wanted)), batch.length - 1);
  const sample = network.samples[batch[shown]];
  return {
    network,
    row,
    w,
    batch,
    shown,
    sample,
    seesAll: seen === null,
    after: Math.floor(row) < run.length - 1 ? parametersAt(run.columns, Math.floor(row) + 1) : null,
    forward: forward(network, w, sample),
    backward: null,
  };
}

/** What the network says of each sample there is. */
export const outputsOf = ({ network, w }: NetworkStep): number[] =>
  network.samples.map((sample) => forward(network, w, sample).output);

/** The mean loss over the batch. */
export const lossOfStep = ({ network, w, batch }: NetworkStep): number =>
  batch.reduce((sum, k) => sum + forward(network, w, network.samples[k]).loss, 0) / batch.length;

const allOf = memo(({ sizes }: NetworkProblem) => substepsOf(sizes));

export const substepsIn = (network: NetworkProblem): Substep[] => allOf(network);

/** @returns null: the whole step */
export function substepShown(network: NetworkProblem, { substep }: Explain): Substep | null {
  const all = substepsIn(network);
  const index = substepIndex(all, substep);
  return index === null ? null : all[index];
}
