/** What a rule holds and computes over a whole run, asked for once the run rests. */

import type { Scene, State } from "../state/types.ts";
import { ofRun, replyOf } from "./resource.ts";
import type { createTable } from "./table.ts";

/** Kept for twice as many runs as a page can have. */
const quantities = replyOf("quantities", 16, "/trajectories/quantities");

export type Quantities = ReturnType<typeof createQuantities>;

/**
 * Asks for the quantities of runs, one after the other once they rest; those before are shown until the next have come.
 */
export function createQuantities({ createRequest }: Pick<ReturnType<typeof createTable>, "createRequest">) {
  const request = createRequest(quantities);
  /** @param indices  of runs, the most wanted first */
  return (state: State, scene: Scene, indices: number[]) =>
    request(
      state,
      indices.map((index) => {
        const entry = state.entries[index];
        const later = state.dragging || !scene.wholeRuns[index].end;
        return { ...ofRun(state, entry), subject: entry.id, later };
      }),
    );
}
