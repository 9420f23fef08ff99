/** Words for the parts of a step: what it keeps of the steps before, and what the gradient adds. */

/** short: in a picture */
export const KEPT_AND_ADDED = [
  { whole: "kept of the last step", short: "kept" },
  { whole: "the gradient’s part", short: "gradient" },
];
