/** Words for the parts of a step: what it keeps of the steps before, and what the gradient adds. */

/** short: where the whole has no room */
export const STEP_PARTS = [
  { whole: "kept of the last step", short: "kept" },
  { whole: "the gradient’s part", short: "gradient" },
];
