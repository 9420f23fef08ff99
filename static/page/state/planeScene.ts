/** Makes the scene of a plane: runs of more than two parameters, projected onto two directions. */
import { keepEqual, memo } from "../memo.ts";
import { runKey } from "./state.ts";
import type { PlanePath, Run, Scene, State } from "./types.ts";

/** Names of the axes along principal directions, which are no parameters. */
const DIRECTIONS: [string, string] = ["direction 1", "direction 2"];

/** @returns a run projected onto the plane; without rows if the plane was not computed for this run */
function projected(run: Run, path: PlanePath | undefined): Run {
  const { places = [], distance = [] } = path ?? {};
  const length = Math.min(run.length, distance.length);
  return { ...run, length, distance, columns: { ...run.columns, parameters: places, gradient: null, batch: null } };
}

/** @returns a function that makes, of a scene, the one on its plane, which a map can draw; null: it has no plane */
export function createPlaneScene(): (state: State, scene: Scene) => Scene | null {
  /** Of each run, by its key. */
  const projections: Map<string, typeof projected> = new Map();

  /** @returns the same object as long as run and path are the same */
  function onPlane(key: string, run: Run, path: PlanePath | undefined): Run {
    const project = projections.get(key) ?? memo(projected);
    projections.set(key, project);
    return project(run, path);
  }

  const keysOf = memo((state: State) => state.entries.map((entry) => runKey(state, entry)));
  let last: Scene | null = null;

  return (state, scene) => {
    const { plane, problem, shownRuns, wholeRuns } = scene;
    if (!plane) return null;
    const keys = keysOf(state);
    const runsOnPlane = (runs: Run[], which: string) =>
      runs.map((run, k) => onPlane(`${which} ${k}`, run, plane.paths[keys[k]]));
    const made: Scene = {
      ...scene,
      problem: { ...problem, parameters: plane.parameters ?? DIRECTIONS, domain: plane.landscape.window, minima: [] },
      start: plane.start,
      shownRuns: runsOnPlane(shownRuns, "shown"),
      wholeRuns: runsOnPlane(wholeRuns, "whole"),
      guess: null,
      dwells: [],
    };
    last = keepEqual(last, made);
    return last;
  };
}
