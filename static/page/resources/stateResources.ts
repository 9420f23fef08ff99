/** The resources whose needs follow from the state, in the order in which they are asked for. */

import { band } from "./band.ts";
import { catalog } from "./catalog.ts";
import { columns } from "./columns.ts";
import { ghosts, prepared } from "./comparedRuns.ts";
import { formulaDomain } from "./domain.ts";
import { ends } from "./ends.ts";
import { landscapeInSight, wholeLandscape } from "./landscape.ts";
import { plane, planeInSight } from "./plane.ts";
import { problemWithoutRuns } from "./problemWithoutRuns.ts";
import type { Resource } from "./resource.ts";
import { runs } from "./runs.ts";
import { search } from "./search.ts";
import { sweep } from "./sweep.ts";

export const RESOURCES: Resource[] = [
  runs,
  catalog,
  wholeLandscape,
  landscapeInSight,
  sweep,
  columns,
  problemWithoutRuns,
  formulaDomain,
  plane,
  planeInSight,
  search,
  ends,
  ghosts,
  prepared,
  band,
];
