/** Entries as an action leaves them: with another rate, and without what does not suit their problem. */
import { sameValue } from "../math/values.ts";
import { hasData, optimizerOf } from "./catalog.ts";
import { withoutRefusedFields } from "./refusedFields.ts";
import type { Entry, OptimizerSpec, State } from "./types.ts";

/** Removes the changes on the way: their rows and rates were chosen for the landscape before. */
export function withoutChanges({ optimizer: { changes: _, ...optimizer }, ...entry }: Entry): Entry {
  return { ...entry, optimizer };
}

/** Removes the batches, which were chosen for the data before, and the label, which may name the batch size. */
export function withoutBatchFields(entry: Entry): Entry {
  const { batch_size, sampling: _, first_points: __, ...optimizer } = entry.optimizer;
  if (batch_size !== undefined) delete optimizer.label;
  return { ...entry, optimizer };
}

const unnamed = ({ optimizer: { label: _, ...optimizer } }: Entry) => optimizer;

/** Keeps the first of entries that differ in nothing but their label: they differed in what suits another problem. */
export const withoutRepeats = (entries: Entry[]): Entry[] =>
  entries.filter((entry, k) => entries.findIndex((other) => sameValue(unnamed(other), unnamed(entry))) === k);

/** @param rate  undefined: the entry stays as it is */
export function withRate(entry: Entry, rate: number | undefined) {
  return rate === undefined ? entry : { ...entry, optimizer: { ...entry.optimizer, learning_rate: rate } };
}

/** Without data an entry loses its batches, and gets noise where its optimizer needs random gradients. */
export function adaptedToProblem(state: State, entry: Entry): Entry {
  const { optimizer, ...bare } = hasData(state.problem) ? entry : withoutBatchFields(entry);
  const needsNoise =
    !hasData(state.problem) && optimizerOf(state.catalog, optimizer.name)?.needs_sampling && !optimizer.noise;
  return {
    ...bare,
    optimizer: withoutRefusedFields(state.catalog, needsNoise ? { ...optimizer, noise: 1 } : optimizer),
  };
}

/** @returns the entries, of which one has its optimizer changed */
export function withOptimizer(state: State, id: number, change: (optimizer: OptimizerSpec) => OptimizerSpec): Entry[] {
  return state.entries.map((entry) =>
    entry.id === id ? { ...entry, optimizer: withoutRefusedFields(state.catalog, change(entry.optimizer)) } : entry,
  );
}
