/** How many steps a run takes to a loss with a quadratic turned by many angles, as the API tells it. */

import type { Entry, State } from "../state/types.ts";
import { ofRun, replyOf } from "./resource.ts";

const HALF_A_TURN = { from: 0, to: 180, count: 61 };

/** @param loss  to which its steps are counted */
export const anglesNeed = (state: State, entry: Entry, loss: number) =>
  ofRun(state, entry, { stop: { ...state.stop, target_loss: loss }, over: { angle: HALF_A_TURN } });

export const angles = replyOf("angles", 60, "/trajectories/sweep");
