/** The optimizers to choose from, by family. */
import { fromSnake, isOwn } from "../../state/catalog.ts";
import type { Optimizer } from "../../state/types.ts";

export const OWN_FAMILY = "Yours";

/** Families that their name in the API does not explain. */
const HEADINGS: Record<string, string> = { classical: "Others" };

/** @returns by family, in the order of the catalog; what is one's own last, also where that is nothing */
export function byFamily(optimizers: Optimizer[]): [string, Optimizer[]][] {
  const families: Map<string, Optimizer[]> = new Map();
  for (const optimizer of optimizers) {
    if (isOwn(optimizer.name)) continue;
    const name = optimizer.family ?? "optimizers";
    const family = HEADINGS[name] ?? fromSnake(name);
    families.set(family, [...(families.get(family) ?? []), optimizer]);
  }
  return [...families, [OWN_FAMILY, optimizers.filter(({ name }) => isOwn(name))]];
}
