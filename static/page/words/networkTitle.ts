/** The title of a network. */
import { listed } from "../math/text.ts";
import type { Catalog, Problem } from "../state/types.ts";
import { activationWord } from "./networkWords.ts";

const nameOf = (catalog: Catalog | null, activation = "") =>
  activationWord(catalog?.networks?.activations.find(({ name }) => name === activation)?.label ?? activation);

/** "XOR, 4 and 3 tanh neurons, weights set by hand" @param start  null: a seed draws the first weights */
export function titleWords({ label, network }: Problem, catalog: Catalog | null, start: number[] | null): string {
  const hidden = network?.sizes.slice(1, -1) ?? [];
  const layers = listed(hidden.map(String));
  const neurons = `${layers} ${nameOf(catalog, network?.activation)} neuron${layers === "1" ? "" : "s"}`;
  return [label, ...(hidden.length ? [neurons] : []), ...(start ? ["weights set by hand"] : [])].join(", ");
}
