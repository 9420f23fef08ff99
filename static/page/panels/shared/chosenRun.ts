/** The run that is explained: the selected one, else the first in sight. */
import type { Scene } from "../../state/types.ts";

/** @returns its index */
export function chosenRun({ runs, selected }: Scene): number | null {
  if (selected !== null && runs[selected]) return selected;
  const first = runs.findIndex((run) => !run.hidden);
  return first < 0 ? null : first;
}
