/** The working of the step at the playhead: at once where it rests, as often as the server answers while it plays. */

import type { Figure } from "../../figure/figure.ts";
import { step, stepNeed } from "../../resources/step.ts";
import { runKey } from "../../state/state.ts";
import type { State } from "../../state/types.ts";

export function createStepRequest({ createRequest }: Pick<Figure, "createRequest">) {
  const request = createRequest(step);
  /** The step last asked for, and which way it went from the one before. */
  let [last, way] = [0, 1];
  let silent = "";

  return {
    /** @returns why no answer has come just now; empty where one has, or may come */
    silent: () => silent,
    /** @returns the step there is, or why there is none; nothing while it is on its way; while it plays the last one */
    follow(state: State, index: number, t: number, playing: boolean): ReturnType<typeof request>[0] | undefined {
      const entry = state.entries[index];
      if (t !== last) [last, way] = [t, t < last ? -1 : 1];
      // While nothing moves the step after this one is fetched too, so that it is there when it is gone to.
      const taken = (state.runs[entry.id]?.length ?? 1) - 1;
      const ahead = !playing && t + way >= 1 && t + way <= taken ? [t + way] : [];
      const subject = runKey(state, entry);
      const [reply] = request(
        state,
        [t, ...ahead].map((at) => ({ ...stepNeed(state, entry, at), subject })),
      );
      silent = reply.waits ?? "";
      if (reply.value ?? reply.refused) return reply;
      return playing && reply.last ? { value: reply.last } : undefined;
    },
  };
}
