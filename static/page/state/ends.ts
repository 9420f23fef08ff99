/** Decides whether the map is tinted by the minimum in which the run from each start ends. */
import { presetOfRuns } from "./exercise.ts";
import { explanationNeeds } from "./explain.ts";
import type { State } from "./types.ts";

/** @returns whether the map is tinted by where each start ends */
export function tintsByEnds(state: State): boolean {
  const { tint } = state.explain;
  if (tint) return tint === "ends";
  return explanationNeeds(state, "ends") || Boolean(presetOfRuns(state)?.ends);
}

/** @returns whether the ends of all starts are needed, to tint the map or to list their shares */
export const needsEnds = (state: State): boolean => tintsByEnds(state) || explanationNeeds(state, "ends");
