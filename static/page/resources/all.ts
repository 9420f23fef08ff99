/** The resources whose wishes follow from the state, in the order in which they are asked for. */

import { showsEnds } from "../state/ends.ts";
import { isSearching } from "../state/explain.ts";
import { hasOwnMap, showsPlane } from "../state/network.ts";
import { presetOf } from "../state/preset.ts";
import { isFormula } from "../state/state.ts";
import type { State } from "../state/types.ts";
import { catalog } from "./catalog.ts";
import { columns } from "./columns.ts";
import { landscapeInSight, wholeLandscape } from "./landscape.ts";
import type { Resource } from "./resource.ts";
import { runs } from "./runs.ts";
import { sweep } from "./sweep.ts";

/** A resource that few states want. Its code is fetched when the first such state comes. */
export function seldom(
  name: string,
  isWanted: (state: State) => unknown,
  load: () => Promise<Resource>,
  atRest = true,
): Resource {
  let wished: Resource["wishes"] = () => [{ key: "its code" }];
  const resource: Resource = {
    name,
    atRest,
    wishes: (state, ports) => (isWanted(state) ? (wished?.(state, ports) ?? []) : []),
    request: load,
    /** Returns a new state, so that the table reads the wishes again, now by the code that has come. */
    put(state, _, { wishes, ...loaded }: Resource) {
      wished = wishes;
      Object.assign(resource, { put: undefined }, loaded);
      return { ...state };
    },
  };
  return resource;
}

const isAlone = (state: State) => !state.entries.length && (state.problem.network || !hasOwnMap(state));
const showsSeeds = ({ seeds }: State) => seeds;
const hasChanges = ({ entries }: State) => entries.some(({ optimizer }) => optimizer.changes?.length);

export const RESOURCES: Resource[] = [
  runs,
  catalog,
  wholeLandscape,
  landscapeInSight,
  sweep,
  columns,
  seldom("network", isAlone, async () => (await import("./network.ts")).networkAlone),
  seldom("domain", isFormula, async () => (await import("./domain.ts")).formulaDomain),
  seldom("plane", showsPlane, async () => (await import("./plane.ts")).plane),
  seldom("plane in sight", showsPlane, async () => (await import("./plane.ts")).planeInSight),
  seldom("search", isSearching, async () => (await import("./search.ts")).search),
  seldom("ends", showsEnds, async () => (await import("./ends.ts")).ends, false),
  seldom("ghosts", hasChanges, async () => (await import("./beside.ts")).ghosts),
  seldom(
    "prepared",
    (state) => presetOf(state, "changed", "varied"),
    async () => (await import("./beside.ts")).prepared,
    false,
  ),
  seldom("band", showsSeeds, async () => (await import("./band.ts")).band),
];
