/** The shares of the starts that end in each minimum, at rates all over the slider: one request a rate. */

import { DIVERGED, ELSEWHERE, minimumNear } from "../math/basins.ts";
import { askJson } from "../service/http.ts";
import { paramsOf } from "../state/ruleNames.ts";
import type { Basins, Param, State } from "../state/types.ts";
import { basinsAsked, entryOfEnds, type WireBasins } from "./basins.ts";
import type { Keyed, Wish } from "./resource.ts";

const RATES = 43;
/** Starts a side: as many as these starts times steps allow, between the two. */
const [LEAST, MOST] = [16, 32];
const MOST_STEPS = 1e6;

type WireShares = Pick<WireBasins, "minima" | "shares" | "share_elsewhere" | "share_diverged">;

interface RateWish extends Wish {
  rate: number;
  body: object;
}

/** At one rate: the index of a minimum, ELSEWHERE or DIVERGED -> its share. */
export interface SharesAtRate {
  rate: number;
  shares: Map<number, number>;
}

export const sharesAtRates: Keyed<RateWish, WireShares> = {
  name: "sharesAtRates",
  kept: 4 * RATES,
  async request({ body }, signal) {
    const { minima, shares, share_elsewhere, share_diverged } = await askJson<WireBasins>({
      path: "/trajectories/basins",
      body,
      signal,
    });
    return { minima, shares, share_elsewhere, share_diverged };
  },
};

/** @returns the rates of the slider of the run whose starts are told of; null while there is none */
export function rateOfEnds(state: State): Param | null {
  const entry = entryOfEnds(state);
  return (entry && paramsOf(state.catalog, entry.optimizer).find(({ name }) => name === "learning_rate")) ?? null;
}

/** @returns from the least rate to the greatest; they do not depend on the rate that the run has */
export function rateWishes(state: State): RateWish[] {
  const [asked, param] = [basinsAsked(state), rateOfEnds(state)];
  if (!asked || !param) return [];
  const { optimizers, stop } = asked.body;
  const resolution = Math.max(LEAST, Math.min(MOST, Math.floor(Math.sqrt(MOST_STEPS / (stop.max_steps ?? 1)))));
  return Array.from({ length: RATES }, (_, k) => {
    const rate = Number((param.min * (param.max / param.min) ** (k / (RATES - 1))).toPrecision(6));
    const body = { ...asked.body, optimizers: [{ ...optimizers[0], learning_rate: rate }], resolution };
    return { key: JSON.stringify(body), rate, body };
  });
}

/** @param map  its minima have the first letters, at every rate the same; others follow */
export function sharesByEnd(told: { rate: number; answer: WireShares }[], { minima, x, y }: Basins): SharesAtRate[] {
  const all = [...minima];
  return told.map(({ rate, answer }) => {
    const shares = new Map([
      [ELSEWHERE, answer.share_elsewhere],
      [DIVERGED, answer.share_diverged],
    ]);
    for (const [k, minimum] of answer.minima.entries()) {
      if (!answer.shares[k]) continue;
      const listed = minimumNear(all, y ? [x, y] : [x], minimum);
      const end = listed < 0 ? all.push(minimum) - 1 : listed;
      shares.set(end, (shares.get(end) ?? 0) + answer.shares[k]);
    }
    return { rate, shares };
  });
}
