/** Everything that is asked for because the state says so, in the order in which it is. */

import { isSearching } from "../state/explain.ts";
import { showsPlane } from "../state/network.ts";
import { isFormula } from "../state/state.ts";
import type { State } from "../state/types.ts";
import { catalog } from "./catalog.ts";
import { columns } from "./columns.ts";
import { landscapeInSight, wholeLandscape } from "./landscape.ts";
import type { Keyed, Resource } from "./resource.ts";
import { runs } from "./runs.ts";
import { sweep } from "./sweep.ts";

/** What few states ask for is fetched with the first that does: to fetch it is its first wish. */
export function seldom(isWanted: (state: State) => boolean, load: () => Promise<Resource>): Resource {
  let of: Resource | null = null;
  return {
    get name() {
      return of?.name ?? "";
    },
    atRest: true,
    wishes: (state, ports) => of?.wishes(state, ports) ?? (isWanted(state) ? [{ key: "" }] : []),
    async request(...how) {
      if (of) return of.request(...how);
      of = await load();
      return (state) => ({ ...state });
    },
  };
}

const isAlone = ({ problem, entries }: State) => problem.network !== undefined && !entries.length;
const showsSeeds = ({ seeds }: State) => seeds;
const hasChanges = ({ entries }: State) => entries.some(({ optimizer }) => optimizer.changes?.length);

export const RESOURCES: (Resource | Keyed)[] = [
  runs,
  catalog,
  wholeLandscape,
  landscapeInSight,
  sweep,
  columns,
  seldom(isAlone, async () => (await import("./network.ts")).networkAlone),
  seldom(isFormula, async () => (await import("./domain.ts")).formulaDomain),
  seldom(showsPlane, async () => (await import("./plane.ts")).plane),
  seldom(showsPlane, async () => (await import("./plane.ts")).planeInSight),
  seldom(isSearching, async () => (await import("./search.ts")).search),
  seldom(hasChanges, async () => (await import("./ghosts.ts")).ghosts),
  seldom(showsSeeds, async () => (await import("./band.ts")).band),
];
