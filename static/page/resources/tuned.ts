import { longReplyOf } from "./resource.ts";

export const tunedRun = longReplyOf("tuned", 40, "/trajectories/tune");
