/** The shapes that pass between the modules of the page, by what they are of. Types only: nothing here runs. */

export type * from "./types/answers.ts";
export type * from "./types/catalog.ts";
export type * from "./types/runs.ts";
export type * from "./types/spec.ts";
export type * from "./types/state.ts";
