/** The run that is explained: the selected one, else that which the preset has something tried with, else the first. */
import type { Scene } from "../../state/types.ts";

/** @returns its index; null where none is in sight */
export function chosenRun({ runs, selected, tried }: Scene): number | null {
  if (selected !== null && runs[selected]) return selected;
  if (tried !== null && runs[tried] && !runs[tried].hidden) return tried;
  const first = runs.findIndex((run) => !run.hidden);
  return first < 0 ? null : first;
}
