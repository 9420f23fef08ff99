/** The reason why a run ended, in short. */
import type { End } from "../state/types.ts";
import { undefinedThere } from "./divergence.ts";

export function endReason(end: End): string {
  const reasons = {
    max_steps: "at its limit of steps",
    min_step_size: "as its steps are small enough",
    target_loss: "as its loss is low enough",
    method_done: "as it has no further step to take",
    diverged: "as it diverges",
    fault: "", // the fault itself is described there
  };
  const undefinedNext = undefinedThere(end);
  return undefinedNext ? `as ${undefinedNext} from here on` : reasons[end.stop_reason];
}
