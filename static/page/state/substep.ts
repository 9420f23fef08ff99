/**
 * The substeps of a training step of a network: one neuron after the other forward, the error, one layer after the
 * other back, the update. The playhead says which step, this where within it.
 */

export type Pass = "forward" | "error" | "backward" | "update";

/** Layers count from 1, the inputs are layer 0; neurons from 0. */
export type Substep =
  | { pass: "forward"; layer: number; neuron: number }
  | { pass: "backward"; layer: number }
  | { pass: "error" | "update" };

/** @param sizes  neurons of each layer, the inputs first */
export function substepsOf(sizes: number[]): Substep[] {
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
 * One substep on or back; past the last one the next step begins.
 * @param from  row: of the playhead
 * @param substeps  how many there are
 * @param length  rows of the run
 */
export function nextPosition({ row, index }: Position, by: 1 | -1, substeps: number, length: number): Position {
  const last = length - 2;
  if (last < 0) return { row, index: null };
  const step = Math.min(row, last);
  if (by > 0) {
    if (index === null) return row > last ? { row, index } : { row: step, index: 0 };
    if (index < substeps - 1) return { row: step, index: index + 1 };
    return step < last ? { row: step + 1, index: 0 } : { row: last + 1, index: null };
  }
  if (index) return { row: step, index: index - 1 };
  const before = index === null && row > last ? last : step - 1;
  return before < 0 ? { row: 0, index: null } : { row: before, index: substeps - 1 };
}
