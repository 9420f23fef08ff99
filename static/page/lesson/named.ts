/** The runs that a check shows are named by what differs from those of its figure. */
import { formatExact } from "../math/format.ts";
import { namesOf, shortLabel } from "../state/catalog.ts";
import { sameOptimizer } from "../state/preset.ts";
import type { Entry, Spec } from "../state/types.ts";

const entry = (optimizer: Entry["optimizer"], id: number): Entry => ({ id, slot: id, hidden: false, optimizer });

/**
 * @param own  of the figure
 * @returns the others, each with a label where it differs from the own one in its place: "Momentum β 0.5"
 */
export function namedApart(own: Spec, others: Spec): Spec {
  const optimizers = others.optimizers.map((optimizer, k) => {
    const before = own.optimizers[k];
    if (!before || optimizer.label || sameOptimizer(before, optimizer)) return optimizer;
    const [, { name }] = namesOf(null, [entry(before, 0), entry(optimizer, 1)], formatExact);
    return { ...optimizer, label: shortLabel(name) };
  });
  return { ...others, optimizers };
}
