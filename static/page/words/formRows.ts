/** The forms of an optimizer: their lines in rows, and whether their paths coincide. */

import { formatGrouped, formatMeasured } from "../math/format.ts";
import type { pathDistance } from "../state/columns.ts";
import type { End, Form, Run } from "../state/types.ts";

type FormLine = { key: string; latex: string };

/**
 * @returns the lines, each with a key of its quantity and its place from the end: a rule may shrink w before it moves
 * it
 */
function formLines({ rule, latex }: Form): FormLine[] {
  const names = rule.split("\n").map((line) => line.split("=")[0].trim());
  return names.map((name, k) => ({
    key: `${name} ${names.slice(k).filter((other) => other === name).length}`,
    latex: latex?.[k] ?? `\\texttt{${name}}`,
  }));
}

/**
 * Lines that compute the same quantity stand beside each other.
 * @returns for each row the LaTeX of each form's line; null where it has none
 */
export function formRows(forms: Form[]): { key: string; lines: (string | null)[] }[] {
  const all = forms.map(formLines);
  const order: string[] = [];
  for (const lines of all) {
    const keys = new Set(lines.map(({ key }) => key));
    let after = -1;
    for (const { key } of lines) {
      const at = order.indexOf(key);
      if (at < 0) {
        while (order[after + 1] !== undefined && !keys.has(order[after + 1])) after++;
        order.splice(after + 1, 0, key);
      }
      after = at < 0 ? after + 1 : at;
    }
  }
  return order.map((key) => ({
    key,
    lines: all.map((lines) => lines.find((line) => line.key === key)?.latex ?? null),
  }));
}

/** Paths that are nowhere further apart than this share of their size coincide: rounding grows over the steps. */
const ROUNDING = 1e-6;

type Apartness = ReturnType<typeof pathDistance>;

const coincide = ({ largest: most, size }: Apartness): boolean => most <= ROUNDING * size;

export function coincidenceWords(distances: Apartness): string {
  const over = `over ${formatGrouped(distances.steps)} steps`;
  if (!coincide(distances))
    return `The paths part: ${over} they come to be ${formatMeasured(distances.largest)} apart.`;
  return distances.largest === 0
    ? `The paths coincide: ${over} they are the same to the last digit.`
    : `The paths coincide: ${over} they are nowhere further apart than ${formatMeasured(distances.largest, 2)}.`;
}

/**
 * Says that two paths that coincide stop after different numbers of steps: the stop rule compares the rate times the
 * gradient as well as the length of the step.
 * @returns empty where both stop at the same step
 */
export function endsWords(run: Run, other: Run): string {
  const ends = [run.end, other.end].map((end) => end as End);
  if (ends[0].n_steps === ends[1].n_steps) return "";
  const why = ends.some(({ stop_reason: reason }) => reason === "min_step_size")
    ? ": the stop rule also looks at rate × gradient, and the rates differ"
    : "";
  return `They stop after ${formatGrouped(ends[0].n_steps)} and ${formatGrouped(ends[1].n_steps)} steps${why}.`;
}
