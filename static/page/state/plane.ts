/** The scene on a plane: the runs of more than two parameters, projected onto it. */
import { memo, replaceEqual } from "../memo.ts";
import { runKey } from "./state.ts";
import type { PlanePath, Run, Scene, State } from "./types.ts";

/** Names of the axes where they are principal directions, not parameters. */
const DIRECTIONS: [string, string] = ["direction 1", "direction 2"];

/** The run as projected onto the plane; without rows where it is none of the runs that the plane was made from. */
function projected(run: Run, path: PlanePath | undefined): Run {
  const { places = [], distance = [] } = path ?? {};
  const length = Math.min(run.length, distance.length);
  return { ...run, length, distance, columns: { ...run.columns, parameters: places, gradient: null, batch: null } };
}

/** @returns makes of a scene the one that a map of two parameters can draw; null while there is no plane */
export function createPlaneScene(): (state: State, scene: Scene) => Scene | null {
  const cache: Map<string, { run: Run; path: unknown; made: Run }> = new Map();

  /** Returns the object of the last call while run and path are the same. */
  function onPlane(key: string, run: Run, path: PlanePath | undefined): Run {
    const before = cache.get(key);
    if (before?.run === run && before.path === path) return before.made;
    const made = projected(run, path);
    cache.set(key, { run, path, made });
    return made;
  }

  const keysOf = memo((state: State) => state.entries.map((entry) => runKey(state, entry)));
  let last: Scene | null = null;

  return (state, scene) => {
    const { plane, problem, runs, wholeRuns } = scene;
    if (!plane) return null;
    const keys = keysOf(state);
    const runsOnPlane = (runs: Run[], which: string) =>
      runs.map((run, k) => onPlane(`${which} ${k}`, run, plane.paths[keys[k]]));
    const made: Scene = {
      ...scene,
      problem: { ...problem, parameters: plane.parameters ?? DIRECTIONS, domain: plane.landscape.window, minima: [] },
      start: plane.start,
      runs: runsOnPlane(runs, "shown"),
      wholeRuns: runsOnPlane(wholeRuns, "whole"),
      guess: null,
      dwells: [],
    };
    last = replaceEqual(last, made);
    return last;
  };
}
