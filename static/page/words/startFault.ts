/** Says what is wrong with a start. */
import { formatExact } from "../math/format.ts";
import type { Refusal, State } from "../state/types.ts";

export const pointText = (point: number[]) => `(${point.map((value) => formatExact(value, 4)).join(", ")})`;

/** @returns the fault of a start; null: the error is about something else */
export function startFaultWords({ type, ctx }: Refusal): string | null {
  if (type !== "start_not_finite") return null;
  const [at, loss] = [pointText(ctx.at), ctx.loss];
  return loss === "nan"
    ? `The loss is not defined at the start, ${at}.`
    : `The loss at the start, ${at}, is ${typeof loss === "string" ? "infinite" : `${loss}: too large to go on from`}.`;
}

/** @returns the fault of the start, if the runs are refused for it */
export const refusedStartWords = ({ fault }: Pick<State, "fault">): string | null =>
  (fault?.kind === "refused" ? fault.errors.map(startFaultWords).find(Boolean) : null) ?? null;
