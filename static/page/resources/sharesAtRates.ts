/** Which shares of the starts end in each minimum, at rates all over the slider. */

import { DIVERGED, ELSEWHERE } from "../math/endLooks.ts";
import { minimumNear } from "../math/near.ts";
import { chosenEntry } from "../state/chosenRun.ts";
import { hidesAhead } from "../state/exercise.ts";
import { paramsOf } from "../state/rules.ts";
import type { Ends, Param, State, Wire } from "../state/types.ts";
import { endsRequest } from "./ends.ts";
import { longReplyOf, type NeedWithBody } from "./resource.ts";

const RATES = 43;
/** Starts a side: as many as the budget of starts times steps allows, but within these. */
const RESOLUTION = { least: 16, most: 32 };
const BUDGET = 1e6;

export const sharesAtRates = longReplyOf("shares at rates", 20, "/trajectories/basins");

/** At one rate: the index of a minimum, ELSEWHERE or DIVERGED -> its share. */
export interface SharesAtRate {
  rate: number;
  shares: Map<number, number>;
}

/** @returns the rates of the slider of the run whose starts are told of; null while there is none */
export function rateOfEnds(state: State): Param | null {
  const entry = chosenEntry(state);
  return (entry && paramsOf(state.catalog, entry.optimizer).find(({ name }) => name === "learning_rate")) ?? null;
}

/**
 * @returns the request, and a key of all that the reply depends on, so not of the run's own rate; null while there is
 * none to be had, or while a question is open
 */
export function sharesRequest(state: State): NeedWithBody | null {
  const [request, param] = [endsRequest(state), rateOfEnds(state)];
  if (!request || !param || hidesAhead(state)) return null;
  const { optimizers, stop } = request.body;
  const resolution = Math.max(
    RESOLUTION.least,
    Math.min(RESOLUTION.most, Math.floor(Math.sqrt(BUDGET / (stop.max_steps ?? 1)))),
  );
  const rates = Array.from({ length: RATES }, (_, k) =>
    Number((param.min * (param.max / param.min) ** (k / (RATES - 1))).toPrecision(6)),
  );
  const body = {
    ...request.body,
    optimizers: [{ ...optimizers[0], learning_rate: rates[0] }],
    resolution,
    over: { learning_rate: rates },
  };
  return { key: JSON.stringify(body), body };
}

/** @param map  its minima have the first letters, at every rate the same; others follow */
export function sharesByEnd(
  { minima, over }: Wire["BasinsReached"],
  map: Pick<Ends, "minima" | "x" | "y">,
): SharesAtRate[] {
  if (!over) return [];
  const all = [...map.minima];
  const axes = map.y ? [map.x, map.y] : [map.x];
  const ends = minima.map((minimum, k) => {
    const listed = minimumNear(all, axes, minimum);
    return listed < 0 && over.shares.some((shares) => shares[k] > 0) ? all.push(minimum) - 1 : listed;
  });
  return over.values.map((rate, row) => {
    const shares = new Map([
      [ELSEWHERE, over.share_elsewhere[row]],
      [DIVERGED, over.share_diverged[row]],
    ]);
    for (const [k, share] of over.shares[row].entries())
      if (share) shares.set(ends[k], (shares.get(ends[k]) ?? 0) + share);
    return { rate, shares };
  });
}
