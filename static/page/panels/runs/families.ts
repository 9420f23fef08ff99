/** The optimizers to choose from, by family. */
import { fromSnake, isOwn } from "../../state/catalog.ts";
import type { Optimizer } from "../../state/types.ts";

export const OWN_FAMILY = "Yours";

/** Headings of families whose name in the API would not explain them. */
const HEADINGS: Record<string, string> = { classical: "Others" };

/** @returns the optimizers by family, in the order of the catalog; the user's own last, even if there are none */
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
