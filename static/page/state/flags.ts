/** Declares the flags of an address, each off by default. */

/** The key of each flag in addresses. */
export const FLAGS = {
  /** what lies ahead of the playhead is not drawn */
  hides: "reveal",
  projector: "projector",
  /** the loss chart shows where runs with other seeds lie */
  seeds: "seeds",
  /** the data stand as a table, not as a chart */
  table: "table",
};

export type Flags = Record<keyof typeof FLAGS, boolean>;

export const NO_FLAGS = Object.fromEntries(Object.keys(FLAGS).map((name) => [name, false])) as Flags;
