/** The resources whose wishes follow from the state, in the order in which they are asked for. */

import { showsEnds } from "../state/ends.ts";
import { isSearching } from "../state/explain.ts";
import { hasOwnMap, showsPlane } from "../state/network.ts";
import { presetOf } from "../state/preset.ts";
import { isFormula } from "../state/state.ts";
import type { State } from "../state/types.ts";
import { catalog } from "./catalog.ts";
import { columns } from "./columns.ts";
import { fetched } from "./fetched.ts";
import { landscapeInSight, wholeLandscape } from "./landscape.ts";
import type { Resource } from "./resource.ts";
import { runs } from "./runs.ts";
import { sweep } from "./sweep.ts";

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
  fetched("network", isAlone, async () => (await import("./network.ts")).networkAlone),
  fetched("domain", isFormula, async () => (await import("./domain.ts")).formulaDomain),
  fetched("plane", showsPlane, async () => (await import("./plane.ts")).plane),
  fetched("plane in sight", showsPlane, async () => (await import("./plane.ts")).planeInSight),
  fetched("search", isSearching, async () => (await import("./search.ts")).search),
  fetched("ends", showsEnds, async () => (await import("./ends.ts")).ends, false),
  fetched("ghosts", hasChanges, async () => (await import("./beside.ts")).ghosts),
  fetched(
    "prepared",
    (state) => presetOf(state, "changed", "varied"),
    async () => (await import("./beside.ts")).prepared,
    false,
  ),
  fetched("band", showsSeeds, async () => (await import("./band.ts")).band),
];
