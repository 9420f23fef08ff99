/** Why the quantities of a run are not available. */
import { formatGrouped } from "../math/format.ts";
import type { Refusal } from "../state/types.ts";

export function tooLong(refusals: Refusal[]): string {
  const long = refusals.find(({ type }) => type === "too_many_numbers");
  return long
    ? `the run is too long to be drawn whole. Let it stop after ${formatGrouped(long.ctx.steps)} steps at the most.`
    : refusals.map(({ msg }) => msg).join(" ");
}
