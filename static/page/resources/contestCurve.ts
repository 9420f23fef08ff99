/** The results of a contest at all values of its hyperparameter. */
import type { WireSweep } from "../service/api.ts";
import { answerOf } from "./resource.ts";

export const contestCurve = answerOf<WireSweep>("curve of a contest", 4, "/trajectories/sweep");
