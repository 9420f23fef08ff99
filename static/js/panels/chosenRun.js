/** The run that is explained: the selected one, else the first in sight. */

/** @typedef {import("../state/types.js").Scene} Scene */

/** @param {Scene} scene @returns {number | null} its index */
export function chosenRun({ runs, selected }) {
  if (selected !== null && runs[selected]) return selected;
  const first = runs.findIndex((run) => !run.hidden);
  return first < 0 ? null : first;
}
