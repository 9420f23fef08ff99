/** Flags of the page: each is in the state and in the address, and off by default. */

/** With the words that addresses have for them. */
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

const NAMES = Object.keys(FLAGS) as (keyof Flags)[];

const made = (of: (name: keyof Flags) => boolean) => Object.fromEntries(NAMES.map((name) => [name, of(name)])) as Flags;

export const NO_FLAGS = made(() => false);

/** @returns they alone */
export const flagsOf = (flags: Flags): Flags => made((name) => flags[name]);
