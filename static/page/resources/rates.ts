/** The rates that a schedule goes through, as shares of the learning rate, where they are few. */
import { askJson } from "../service/http.ts";
import type { ScheduleSpec, State } from "../state/types.ts";
import type { Resource, Wish } from "./resource.ts";

/** More are a band and no ticks. */
const MOST = 64;
/** Steps that are looked at: of a short run more than it has, as a rate that always falls has few only there. */
const STEPS = { least: 200, most: 2000 };

/** @returns those that differ, from the least; none where there is one alone, or where they are too many */
export function fewRates(rates: number[]): number[] {
  const apart = [...new Set(rates)].sort((a, b) => a - b);
  return apart.length > 1 && apart.length <= MOST ? apart : [];
}

type RatesWish = Wish & { body: object };

/** Of a run that stands at the minimum: what it does depends on the schedule alone. */
export function ratesWish(schedule: ScheduleSpec, { stop: { max_steps } }: Pick<State, "stop">): RatesWish {
  const body = {
    problem: { expression: "x^2" },
    start: [0],
    optimizers: [{ name: "gd", learning_rate: 1, schedule }],
    stop: { max_steps: Math.min(Math.max(max_steps, STEPS.least), STEPS.most) },
  };
  return { key: JSON.stringify(body), body };
}

export const rates: Resource<RatesWish, number[]> = {
  name: "rates",
  kept: 20,
  async request({ body }, { signal }) {
    type Rates = { runs: { learning_rate: number[] }[] };
    const { runs } = await askJson<Rates>({ path: "/trajectories", query: "fields=learning_rate", body, signal });
    return fewRates(runs[0].learning_rate);
  },
};
