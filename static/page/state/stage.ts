/** Decides for problems of many parameters what the stage shows, and which runs receive their parameters. */
import { surfaceOf } from "./catalog.ts";
import { chosenEntry } from "./chosenRun.ts";
import { explanationNeeds } from "./explain.ts";
import { drawnKey } from "./replies.ts";
import { problemKey } from "./state.ts";
import type { Entry, Run, Scene, State } from "./types.ts";

/** @returns whether the problem has a map that shows all its parameters; of a network the server must say so first */
export function hasOwnMap(state: State): boolean {
  const { described, problem } = state;
  if (described?.key === problemKey(state)) return described.problem.domain.length > 0;
  return !problem.network && surfaceOf(state.catalog, problem.surface)?.domain.length !== 0;
}

/** The most parameter values that a run receives while a control is dragged: about 130 kB on the wire. */
const MOST_NUMBERS_WHILE_MOVING = 12_000;

/**
 * Decides whether the parameters of a run are requested. With a map all runs need them. Otherwise only the chosen run
 * does, unless paths are compared: the parameters of eight networks would be megabytes.
 */
export function receivesParameters(state: State, { id }: Entry): boolean {
  if (hasOwnMap(state)) return true;
  const {
    problemOnMap,
    stop: { max_steps },
  } = state;
  if (state.dragging && max_steps * (problemOnMap?.problem.parameters.length ?? Infinity) > MOST_NUMBERS_WHILE_MOVING)
    return false;
  return id === chosenEntry(state)?.id || explanationNeeds(state, "paths");
}

/** The value of `explain.plane` for the plane along the principal directions of the paths. */
export const PLANE_OF_PATH = "path";

/** What the stage shows: the map, the map of a plane through more parameters, or the network. */
type Stage = "map" | "plane" | "network";

export const stageOf = (state: State): Stage =>
  state.problem.network && state.explain.plane === null ? "network" : hasOwnMap(state) ? "map" : "plane";

/** @returns whether the stage shows the map of a plane */
export const showsPlane = (state: State): boolean => stageOf(state) === "plane";

/** @returns the key of the plane on the map; undefined: it shows none, or the plane has not been received */
export const planeOnMap = (state: State): string | undefined =>
  showsPlane(state) ? drawnKey(state, "plane", state.problemOnMap?.key ?? "") : undefined;

/** @returns whether no start can be chosen on the map, as on a plane, and of recorded paths */
export const hasFixedStart = ({ plane, wholeRuns }: Pick<Scene, "plane" | "wholeRuns">): boolean =>
  plane !== null || (wholeRuns.length > 0 && wholeRuns.every(({ end }) => end?.recorded));

/** @returns whether the parameters of a run have been received */
export const hasParameters = ({ columns }: Run): boolean => columns.parameters.length > 0;
