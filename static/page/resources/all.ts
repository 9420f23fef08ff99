/** The resources whose wishes follow from the state, in the order in which they are asked for. */

import { showsEnds } from "../state/ends.ts";
import { presetOf } from "../state/exercise.ts";
import { isSearching } from "../state/explain.ts";
import { hasOwnMap, showsPlane } from "../state/network.ts";
import { isFormula } from "../state/state.ts";
import type { State } from "../state/types.ts";
import { catalog } from "./catalog.ts";
import { columns } from "./columns.ts";
import { landscapeInSight, wholeLandscape } from "./landscape.ts";
import type { FetchedResource, Resource } from "./resource.ts";
import { runs } from "./runs.ts";
import { sweep } from "./sweep.ts";

const isAlone = (state: State) => !state.entries.length && (state.problem.network || !hasOwnMap(state));
const showsSeeds = ({ seeds }: State) => seeds;
const hasChanges = ({ entries }: State) => entries.some(({ optimizer }) => optimizer.changes?.length);

export const RESOURCES: (Resource | FetchedResource)[] = [
  runs,
  catalog,
  wholeLandscape,
  landscapeInSight,
  sweep,
  columns,
  { name: "network", isWanted: isAlone, load: async () => (await import("./network.ts")).networkAlone },
  { name: "domain", isWanted: isFormula, load: async () => (await import("./domain.ts")).formulaDomain },
  { name: "plane", isWanted: showsPlane, load: async () => (await import("./plane.ts")).plane },
  { name: "plane in sight", isWanted: showsPlane, load: async () => (await import("./plane.ts")).planeInSight },
  { name: "search", isWanted: isSearching, load: async () => (await import("./search.ts")).search },
  { name: "ends", isWanted: showsEnds, load: async () => (await import("./ends.ts")).ends },
  { name: "ghosts", isWanted: hasChanges, load: async () => (await import("./comparedRuns.ts")).ghosts },
  {
    name: "prepared",
    isWanted: (state) => presetOf(state, "changed", "varied"),
    load: async () => (await import("./comparedRuns.ts")).prepared,
  },
  { name: "band", isWanted: showsSeeds, load: async () => (await import("./band.ts")).band },
];
