/**
 * One step of a network: a sample goes forward, its error goes back, and the parameters are updated. Its substeps are a
 * neuron each on the way forward, the error, a layer each on the way back, and the update. The playhead says which step
 * is shown, `substep` which part of it.
 */

import { type Forward, forward, type Sample } from "../math/network.ts";
import { parametersAt, parametersBetween } from "./columns.ts";
import type { Explain, NetworkProblem, Run } from "./types.ts";

/** The derivatives of the loss of a sample, by layer and neuron; layer 0 has none. */
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
  /** the step leads from this row to the next; a fraction lies between two rows */
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
 * @param isAll  whether the batch is all samples
 * @param chosen  index in the batch; null: of all samples the first without an input of 0, with which a weight would do
 *   nothing, else the first of the batch
 * @returns index in the batch
 */
export const sampleIn = (samples: Sample[], isAll: boolean, chosen: number | null): number =>
  chosen ?? Math.max(0, isAll ? samples.findIndex(({ inputs }) => inputs.every(Boolean)) : 0);

/**
 * @param row  of the run, or a place between two
 * @param chosen  which sample of the batch is to be shown (`sampleIn`)
 * @returns null until its parameters and batches have come
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
  const index = sampleIn(network.samples, stepBatch === null, chosen);
  const shown = Math.min(Math.max(0, Math.round(index)), batch.length - 1);
  const sample = network.samples[batch[shown]];
  return {
    network,
    row,
    w,
    batch,
    shown,
    sample,
    seesAll: stepBatch === null,
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

const substepsOfSizes: WeakMap<number[], Substep[]> = new WeakMap();

/** @returns the same ones each time, also where a page shows several networks */
export function substepsIn({ sizes }: NetworkProblem): Substep[] {
  const all = substepsOfSizes.get(sizes) ?? substepsOf(sizes);
  substepsOfSizes.set(sizes, all);
  return all;
}

/** @returns null: the whole step */
export function currentSubstep(network: NetworkProblem, { substep }: Explain): Substep | null {
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

/** @returns as the address has it, all counted from 1 */
export function substepName(substep: Substep): string {
  if (substep.pass === "forward") return `forward-${substep.layer}-${substep.neuron + 1}`;
  return substep.pass === "backward" ? `backward-${substep.layer}` : substep.pass;
}

/** @returns its index among the substeps; null where it is none of them */
export function substepIndex(substeps: Substep[], name: string | null): number | null {
  const index = substeps.findIndex((substep) => substepName(substep) === name);
  return index < 0 ? null : index;
}

/** index: null: the whole step */
export type Position = { row: number; index: number | null };

/**
 * The position one substep on or back. After the last substep the next step begins; the whole step comes before its
 * first substep.
 * @param from  row: of the playhead
 * @param substeps  how many there are
 * @param length  rows of the run
 */
export function nextPosition({ row, index }: Position, by: 1 | -1, substeps: number, length: number): Position {
  const steps = length - 1;
  const at = index === null ? Math.min(row, steps) * substeps - 0.5 : Math.min(row, steps - 1) * substeps + index;
  const next = by > 0 ? Math.floor(at) + 1 : Math.ceil(at) - 1;
  if (steps < 1 || next < 0) return { row: 0, index: null };
  return next < steps * substeps
    ? { row: Math.floor(next / substeps), index: next % substeps }
    : { row: steps, index: null };
}
