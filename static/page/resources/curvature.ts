/** The curvature of the loss at a row of a run, and what a step makes of each direction, as the API tells it. */

import type { Entry, OptimizerSpec, State } from "../state/types.ts";
import { type NeedWithBody, ofRun, replyOf } from "./resource.ts";

/** @param row  of the run */
export const curvatureNeed = (state: State, entry: Entry, row: number) => ofRun(state, entry, { t: row, curve: true });

/** @param row  of the run: so many steps */
export const polynomialNeed = (state: State, entry: Entry, row: number) =>
  ofRun(state, entry, { t: row, polynomial: true });

const PATH = "/trajectories/curvature";

export const curvature = replyOf("curvature", 200, PATH);
export const polynomial = replyOf("polynomial", 200, PATH);

/** No path is predicted of runs of more steps. */
const LONGEST = 5000;

/** @returns none where the run is too long */
export const predictionNeed = (state: State, entry: Entry): NeedWithBody | null =>
  state.stop.max_steps > LONGEST ? null : ofRun(state, entry, { predicted: true });

/** A column for each parameter; null where the loss is no quadratic, or where steps change. */
export const prediction = replyOf(
  "prediction",
  8,
  PATH,
  ({ predicted }) => predicted && (Object.values(predicted) as number[][]),
);

/** The curvature is told at so many rows of a run. */
const ROWS_TOLD = 750;

export const edgeNeed = (state: State, entry: Entry) =>
  ofRun(state, entry, { every: Math.ceil(state.stop.max_steps / ROWS_TOLD) });

export const edge = replyOf("edge", 8, PATH, ({ columns }) => columns);

/** The largest value of momentum: with 1 an average never changes. */
const LARGEST_MOMENTUM = 0.999;
/** Fields on which the stability of a step does not depend. */
const ELSEWHERE = ["label", "learning_rate", "schedule", "batch_size", "sampling", "first_points", "noise", "changes"];

/** @param reach  of the rate times the curvature @param steepest  the curvature, which matters to rules with a decay */
export function stabilityNeed(optimizer: OptimizerSpec, momentum: string, reach: number, steepest: number) {
  const otherValues = Object.entries(optimizer).filter(([name]) => name !== momentum && !ELSEWHERE.includes(name));
  const body = {
    problem: { expression: "x^2" },
    optimizers: [Object.fromEntries(otherValues)],
    stop: { max_steps: 1 },
    domain: [
      [0, reach],
      [0, LARGEST_MOMENTUM],
    ],
    lambda: Number(steepest.toPrecision(1)),
  };
  return { key: JSON.stringify(body), subject: momentum, body };
}

export const stability = replyOf("stability", 20, PATH, ({ plane }) => plane);
