/** Networks for tests, with weights that are written down. */
import type { Sample } from "../../static/page/math/forwardPass.ts";
import { type NetworkStep, networkStepOf } from "../../static/page/state/networkStep.ts";
import type { NetworkProblem, Run } from "../../static/page/state/types.ts";
import { runOf as made } from "./runs.ts";

export const XOR: Sample[] = [
  [0, 0, 0],
  [0, 1, 1],
  [1, 0, 1],
  [1, 1, 0],
].map(([x1, x2, target]) => ({ inputs: [x1, x2], target }));

export function networkOf(change: Partial<NetworkProblem> = {}): NetworkProblem {
  return {
    dataset: "xor",
    label: "XOR",
    kind: "classification",
    inputs: ["x1", "x2"],
    target: "whether just one of them is 1",
    samples: XOR,
    hidden: [3],
    sizes: [2, 3, 1],
    activation: "tanh",
    output: "linear",
    loss: "mse",
    standardized: false,
    ...change,
  };
}

/** Between -1 and 1, none of them 0. */
export const weightsOf = ({ sizes }: Pick<NetworkProblem, "sizes">): number[] => {
  const count = sizes.slice(1).reduce((sum, size, k) => sum + size * (sizes[k] + 1), 0);
  return Array.from({ length: count }, (_, k) => Math.sin(1 + 2.3 * k));
};

/** @param rows  of parameters @param batch  of each step; empty: all */
export const runOf = (rows: number[][], batch: (number[] | null)[] = []): Run =>
  made({ points: rows, batch, phases: [] });

/** Numbers to be drawn, by layer and neuron. */
const anyOf = ({ sizes }: NetworkProblem) => sizes.map((size, layer) => (layer ? Array(size).fill(0.25) : []));

/** The step from the first of two rows, on one sample. */
export function stepOf(
  network: NetworkProblem,
  { w = weightsOf(network), sample = 2, batch = [sample] }: { w?: number[]; sample?: number; batch?: number[] } = {},
): NetworkStep {
  const run = runOf([w, w.map((value) => value - 0.01)], [batch]);
  const step = networkStepOf(network, run, 0, batch.indexOf(sample)) as NetworkStep;
  return { ...step, backward: { local: anyOf(network), above: anyOf(network), delta: anyOf(network) } };
}
