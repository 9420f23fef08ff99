import type { Exercise, State } from "../../static/page/state/types.ts";
import type { Part } from "./part.ts";

/** @returns the state with fields of its exercise set, which a move would set one by one */
export const exercised = (state: State, fields: Part<Exercise>): State => ({
  ...state,
  exercise: { ...state.exercise, ...(fields as Partial<Exercise>) },
});
