/** Finds the inputs of a network that together encode one category (one-hot). */
import type { NetworkProblem } from "./types.ts";

/** @returns indices of the inputs of which exactly one is 1 in each sample: a table shows them as one column */
export function categoriesOf({ inputs, samples }: Pick<NetworkProblem, "inputs" | "samples">): number[] {
  const all = inputs
    .map((_, k) => k)
    .filter((k) => samples.every((sample) => sample.inputs[k] === 0 || sample.inputs[k] === 1));
  return all.length > 1 && samples.every((sample) => all.filter((k) => sample.inputs[k] === 1).length === 1) ? all : [];
}
