/** Problems of many parameters: what stands on the stage, and which columns their runs bring. */
import { surfaceOf } from "./catalog.ts";
import { chosenEntry } from "./chosen.ts";
import { explanationAsks } from "./explain.ts";
import { lastKeyOf } from "./known.ts";
import { problemKey } from "./state.ts";
import type { Entry, Run, Scene, State } from "./types.ts";

/** @returns whether a map of its own shows the whole problem; of a network that is known once it has been described */
export function hasOwnMap(state: State): boolean {
  const { described, problem } = state;
  if (described?.key === problemKey(state)) return described.problem.domain.length > 0;
  return !problem.network && surfaceOf(state.catalog, problem.surface)?.domain.length !== 0;
}

/** Most numbers of parameters that a run of a network brings while a control is held: about 130 kB on the wire. */
const MOST_WHILE_MOVING = 12_000;

/**
 * Whether a run brings its parameters. On a map every run does. Elsewhere only the chosen one does, unless paths are
 * compared: the parameters of eight networks would be megabytes.
 */
export function bringsParameters(state: State, { id }: Entry): boolean {
  if (hasOwnMap(state)) return true;
  const {
    problemOnMap,
    stop: { max_steps },
  } = state;
  if (state.moving && max_steps * (problemOnMap?.problem.parameters.length ?? Infinity) > MOST_WHILE_MOVING)
    return false;
  return id === chosenEntry(state)?.id || explanationAsks(state, "paths");
}

/** The plane lies along the principal directions of the paths, not along two named parameters. */
export const PATH = "path";

/** What stands on the stage: the map, the map of a plane, or the network. */
type Stage = "map" | "plane" | "network";

export const stageOf = (state: State): Stage =>
  state.problem.network && state.explain.plane === null ? "network" : hasOwnMap(state) ? "map" : "plane";

/** @returns whether the map is of a plane through more parameters than a map has */
export const showsPlane = (state: State): boolean => stageOf(state) === "plane";

/** @returns the key of the plane that the map shows; undefined where it shows none, or until it has come */
export const planeOnMap = (state: State): string | undefined =>
  showsPlane(state) ? lastKeyOf(state, "plane", state.problemOnMap?.key ?? "") : undefined;

/** @returns whether no start is chosen on the map (`fixedStart` of the scene) */
export const hasFixedStart = ({ plane, runs }: Pick<Scene, "plane" | "runs">): boolean =>
  plane !== null || (runs.length > 0 && runs.every(({ end }) => end?.recorded));

/** @returns whether the parameters of a run have come */
export const hasParameters = ({ columns }: Run): boolean => columns.parameters.length > 0;
