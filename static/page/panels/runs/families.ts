/** The optimizers to choose from, by family. */
import { fromSnake, isOwn } from "../../state/catalog.ts";
import type { Optimizer } from "../../state/types.ts";

export const OWN_FAMILY = "Yours";

/** @returns by family, in the order of the catalog; what is one's own last, also where that is nothing */
export function byFamily(optimizers: Optimizer[]): [string, Optimizer[]][] {
  const families: Map<string, Optimizer[]> = new Map();
  for (const optimizer of optimizers) {
    if (isOwn(optimizer.name)) continue;
    const family = fromSnake(optimizer.family ?? "optimizers");
    families.set(family, [...(families.get(family) ?? []), optimizer]);
  }
  return [...families, [OWN_FAMILY, optimizers.filter(({ name }) => isOwn(name))]];
}
