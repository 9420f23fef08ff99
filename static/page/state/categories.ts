/** Inputs of a network that are categories. */
import type { NetworkProblem } from "./types.ts";

/** @returns the inputs of which exactly one is 1 in each sample: they share one column, which names that one */
export function categoriesOf({ inputs, samples }: Pick<NetworkProblem, "inputs" | "samples">): number[] {
  const all = inputs
    .map((_, k) => k)
    .filter((k) => samples.every((sample) => sample.inputs[k] === 0 || sample.inputs[k] === 1));
  return all.length > 1 && samples.every((sample) => all.filter((k) => sample.inputs[k] === 1).length === 1) ? all : [];
}
