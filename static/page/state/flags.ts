/** Flags of the page: each is in the state and in the address, and off by default. */

export const FLAGS = [
  // Only what has happened by the playhead is drawn.
  "reveal",
  "projector",
  // The loss chart shows where runs with other seeds lie.
  "seeds",
  // The data stand as a table, not as a chart.
  "table",
] as const;

export type Flags = Record<(typeof FLAGS)[number], boolean>;

const made = (of: (name: keyof Flags) => boolean) => Object.fromEntries(FLAGS.map((name) => [name, of(name)])) as Flags;

export const NO_FLAGS = made(() => false);

/** @returns they alone */
export const flagsOf = (flags: Flags): Flags => made((name) => flags[name]);
