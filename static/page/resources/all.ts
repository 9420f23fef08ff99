/** Everything that is asked for because the state says so, in the order in which it is. */
import { band } from "./band.ts";
import { catalog } from "./catalog.ts";
import { columns } from "./columns.ts";
import { ghosts } from "./ghosts.ts";
import { formulaDomain, landscapeInSight, wholeLandscape } from "./landscape.ts";
import { networkAlone } from "./network.ts";
import { plane, planeInSight } from "./plane.ts";
import type { Keyed, Resource } from "./resource.ts";
import { runs } from "./runs.ts";
import { search } from "./search.ts";
import { sweep } from "./sweep.ts";

export const RESOURCES: (Resource | Keyed)[] = [
  runs,
  catalog,
  networkAlone,
  wholeLandscape,
  formulaDomain,
  landscapeInSight,
  sweep,
  columns,
  plane,
  planeInSight,
  search,
  ghosts,
  band,
];
