/** The map of more than two parameters: the plane that is shown, and the runs as they are projected onto it. */
import { memo, shared } from "../reads.ts";
import { runKey } from "./state.ts";
import type { PlanePath, Run, Scene, State } from "./types.ts";

/** What the axes are called along principal directions, which are no parameter's. */
const DIRECTIONS: [string, string] = ["direction 1", "direction 2"];

/** A run that the plane was not laid for has no rows on it. */
function projected(run: Run, path: PlanePath | undefined): Run {
  const { places = [], distance = [] } = path ?? {};
  const length = Math.min(run.length, distance.length);
  return { ...run, length, distance, columns: { ...run.columns, parameters: places, gradient: null, batch: null } };
}

/** @returns makes of a scene the one that a map of two parameters can draw; null while there is no plane */
export function createPlaneScene(): (state: State, scene: Scene) => Scene | null {
  const known: Map<string, { run: Run; path: unknown; made: Run }> = new Map();

  /** The same object as long as run and path are. */
  function onPlane(key: string, run: Run, path: PlanePath | undefined): Run {
    const before = known.get(key);
    if (before?.run === run && before.path === path) return before.made;
    const made = projected(run, path);
    known.set(key, { run, path, made });
    return made;
  }

  const keysOf = memo((state: State) => state.entries.map((entry) => runKey(state, entry)));
  let last: Scene | null = null;

  return (state, scene) => {
    const { plane, problem, runs, wholeRuns } = scene;
    if (!plane) return null;
    const keys = keysOf(state);
    const on = (of: Run[], which: string) => of.map((run, k) => onPlane(`${which} ${k}`, run, plane.paths[keys[k]]));
    const made: Scene = {
      ...scene,
      problem: { ...problem, parameters: plane.parameters ?? DIRECTIONS, domain: plane.landscape.window, minima: [] },
      start: plane.start,
      runs: on(runs, "shown"),
      wholeRuns: on(wholeRuns, "whole"),
      guess: null,
      dwells: [],
    };
    last = shared(last, made);
    return last;
  };
}
