/** Why a run has no next step: its numbers left the limits, or the loss is undefined there. */
import type { End } from "../state/types.ts";

/** @returns "the loss is not defined"; empty where numbers left the limits, or nothing is known */
export function undefinedWords(end: End | null): string {
  if (end?.fault) return "its code fails";
  const broke = end?.what_broke;
  if (!broke || broke.failure === "too_large") return "";
  const what = {
    gradient: `the gradient in ${broke.parameter}`,
    state: `${broke.state} of ${broke.parameter}`,
    parameter: broke.parameter,
    loss: "the loss",
  }[broke.quantity];
  return `${what} is ${broke.failure === "infinite" ? "infinite" : "not defined"}`;
}

export function endReasonWords(end: End): string {
  const reasons = {
    max_steps: "at its limit of steps",
    min_step_size: "as its steps are small enough",
    target_loss: "as its loss is low enough",
    method_done: "as it has no further step to take",
    diverged: "as it diverges",
    fault: "", // the fault itself is described there
  };
  const undefinedNext = undefinedWords(end);
  return undefinedNext ? `as ${undefinedNext} from here on` : reasons[end.stop_reason];
}
