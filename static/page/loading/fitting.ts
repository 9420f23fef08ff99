/** How much of a run is asked for while a control is held, so that thirty students can share one network. */
import type { End, Spec } from "../state/types.ts";
import type { WireEnd } from "../net/api.ts";

/** Numbers in one reply: 60 kB on the wire hold somewhat more, compressed. */
const MOST_NUMBERS = 5400;

/**
 * @param parameters  how many the problem has
 * @returns with as many steps as the budget allows
 */
export function fitted(spec: Spec, parameters: number): Spec {
  const rows = Math.floor(MOST_NUMBERS / (Math.max(1, spec.optimizers.length) * (parameters + 1)));
  const max_steps = Math.min(spec.stop.max_steps, rows);
  return { ...spec, stop: { ...spec.stop, max_steps } };
}

/** @param whole  as it was before fitting @returns whether there is more to come */
export function isCut(wire: WireEnd, whole: Spec): boolean {
  return wire.stop_reason === "max_steps" && wire.n_steps < whole.stop.max_steps;
}

export function endOf({ stop_reason, n_steps, diverged_at = null, what_broke, end_point }: WireEnd): End {
  return { stop_reason, n_steps, diverged_at, ...(what_broke && { what_broke }), ...(end_point && { end_point }) };
}
