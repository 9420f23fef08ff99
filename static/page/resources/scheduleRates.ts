/** The few different rates that a schedule goes through, as shares of the learning rate. */
import { requestJson } from "../service/http.ts";
import type { ScheduleSpec, State } from "../state/types.ts";
import { NEVER, type Need, type Resource } from "./resource.ts";

/** More rates than this would be a band, not ticks. */
const MOST_TICKS = 64;
/**
 * Steps of the schedule that are looked at: more than a short run has, to tell a few rates from a rate that always
 * falls.
 */
const STEPS = { least: 200, most: 2000 };

/** @returns those that differ, from the least; none where there is one alone, or where they are too many */
function fewRates(rates: number[]): number[] {
  const distinct = [...new Set(rates)].sort((a, b) => a - b);
  return distinct.length > 1 && distinct.length <= MOST_TICKS ? distinct : [];
}

type RatesNeed = Need & { body: object };

/** The need for a run that starts at the minimum, so that only the schedule matters. */
export function ratesNeed(schedule: ScheduleSpec, { stop: { max_steps } }: Pick<State, "stop">): RatesNeed {
  const body = {
    problem: { expression: "x^2" },
    start: [0],
    optimizers: [{ name: "gd", learning_rate: 1, schedule }],
    stop: { max_steps: Math.min(Math.max(max_steps, STEPS.least), STEPS.most) },
  };
  return { key: JSON.stringify(body), body };
}

export const rates: Resource<RatesNeed, number[]> = {
  name: "rates",
  capacity: 20,
  givenUpAfter: NEVER,
  async request({ body }, { signal }) {
    type Rates = { runs: { learning_rate: number[] }[] };
    const { runs } = await requestJson<Rates>({ path: "/trajectories", query: "fields=learning_rate", body, signal });
    return fewRates(runs[0].learning_rate);
  },
};
