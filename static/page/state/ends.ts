/** Whether the map shows in which minimum the run from each start ends. */
import { presetOfRuns } from "./exercise.ts";
import { explanationAsks } from "./explain.ts";
import type { State } from "./types.ts";

/** @returns whether the map is tinted by where each start ends */
export function tintsEnds(state: State): boolean {
  const { tint } = state.explain;
  if (tint) return tint === "ends";
  return explanationAsks(state, "ends") || Boolean(presetOfRuns(state)?.ends);
}

/** @returns whether these ends are wanted for the map, or for their shares */
export const showsEnds = (state: State): boolean => tintsEnds(state) || explanationAsks(state, "ends");
