/** The types that modules of the page share. */

export type * from "./types/catalog.ts";
export type * from "./types/exercise.ts";
export type * from "./types/replies.ts";
export type * from "./types/runs.ts";
export type * from "./types/spec.ts";
export type * from "./types/state.ts";
export type * from "./types/wire.ts";
