/** Offers a remedy for a faulty start, and for a run whose swings are off the map. */
import { isOffTheMap } from "../state/problemOnMap.ts";
import { nearestDefined, windowWith } from "../state/startRemedy.ts";
import type { Scene, State, Window } from "../state/types.ts";
import { runOffTheMap } from "../state/zoomRemedy.ts";
import { pointText, refusedStartWords } from "./startFault.ts";

/** Another start or another window. words: of the start; empty where the map says what is wrong */
export type Remedy = { words: string; label: string; start?: number[]; window?: Window };

export function startRemedy(state: State): Remedy | null {
  const { problemOnMap } = state;
  const from = state.start ?? problemOnMap?.start;
  const words = refusedStartWords(state);
  if (words) {
    const sound = problemOnMap?.wholeLandscape && from ? nearestDefined(problemOnMap.wholeLandscape, from) : null;
    return { words, label: sound ? `Start at ${pointText(sound)}` : "", ...(sound ? { start: sound } : {}) };
  }
  if (!problemOnMap || !from || !isOffTheMap(state)) return null;
  return {
    words: `The start, ${pointText(from)}, is off the map.`,
    label: "Bring it into sight",
    window: windowWith(from, problemOnMap.problem.domain),
  };
}

export function zoomRemedy(state: State, scene: Scene): Remedy | null {
  const run = runOffTheMap(state, scene);
  return run && { words: "", label: `Zoom out to see ${run.name}`, window: run.window };
}
