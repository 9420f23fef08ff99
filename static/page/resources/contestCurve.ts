/** The results of a contest at all values of its hyperparameter. */
import type { WireSweep } from "../service/api.ts";
import { replyOf } from "./resource.ts";

export const contestCurve = replyOf<WireSweep>("curve of a contest", 4, "/trajectories/sweep");
