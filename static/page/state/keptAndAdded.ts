/** Splits a step of a rule with momentum into the part kept of earlier steps and the part added by the gradient. */
import { gradientAt, parametersAt } from "./columns.ts";
import type { EvidenceOf, Run } from "./types.ts";

/**
 * @param evidence  the step that a preset declares; its rule multiplies every gradient by the same factor
 * @returns the step after a row, split alike; the declared one if gradients have not been received
 */
export function stepFrom(row: number, evidence: EvidenceOf<"step">, wholeRuns: Run[]): EvidenceOf<"step"> {
  const { columns, length } = wholeRuns[evidence.run];
  const [declared, currentGradient] = [evidence.step - 1, row].map((atRow) => gradientAt(columns, atRow, length));
  if (!declared || !currentGradient) return evidence;
  const factor =
    (evidence.added[0] * declared[0] + evidence.added[1] * declared[1]) / (declared[0] ** 2 + declared[1] ** 2);
  const [[x, y], [nextX, nextY]] = [row, row + 1].map((atRow) => parametersAt(columns, atRow));
  const [dx, dy] = currentGradient.map((part) => factor * part);
  // Nothing is kept before the first step.
  const kept: [number, number] = row ? [nextX - x - dx, nextY - y - dy] : [0, 0];
  return { ...evidence, step: row + 1, at: [x, y], added: [dx, dy], kept };
}
