/** The words of the table of steps. */
import { formatExact } from "../math/format.ts";
import { pointWord } from "../state/catalog.ts";
import type { ProblemSpec, Run } from "../state/types.ts";

/** So many points of a batch are named by their numbers; one point alone is named with its place. */
const NAMED = 8;

/** @param points  of the data @returns "3 at (12, 4.5)", "3, 7 and 9" */
export function batchCell(batch: number[] | null, points: [number, number][]): string {
  if (!batch) return "all";
  if (batch.length === 1 && points[batch[0]]) {
    return `${batch[0] + 1} at (${points[batch[0]].map((value) => formatExact(value, 4)).join(", ")})`;
  }
  const unnamed = batch.length > NAMED ? ` and ${batch.length - NAMED} more` : "";
  return (
    batch
      .slice(0, NAMED)
      .map((point) => point + 1)
      .join(", ") + unnamed
  );
}

/**
 * @param problem  the problem, where there are columns of what a step sees
 * @param states  there are columns of what the rule holds
 * @param evaluations  there are columns of them
 */
export function stepsCaption(
  { name, length }: Run,
  [first, end]: [number, number],
  problem: ProblemSpec | null,
  states: boolean,
  evaluations: boolean = false,
): string {
  const after = states ? "Parameters, loss and states are" : "Parameters and loss are";
  const next = problem ? `gradient, epoch and ${pointWord(problem, 2)} are those` : "the gradient is that";
  const rows = `${name}: after steps ${first} to ${end - 1} of ${length - 1}.`;
  const counted = evaluations ? " Evaluations are all up to a row." : "";
  return `${rows} ${after} those after the step of a row, ${next} of the next step.${counted}`;
}
