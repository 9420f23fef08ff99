/** The curvature of the loss at a row of a run, and what a step makes of each direction, as the API tells it. */

import type { Entry, OptimizerSpec, State } from "../state/types.ts";
import { type NeedWithBody, ofRun, replyOf } from "./resource.ts";

type Root = [real: number, imaginary: number];

/** direction: of more than two parameters null; roots, factor: null where the rule has none */
export interface WireMode {
  eigenvalue: number;
  direction: number[] | null;
  roots: Root[] | null;
  factor: number | null;
  stable: boolean | null;
}

/** What the steps up to the row leave of a distance, by curvature; zeros: null after more than 64 steps */
export interface WirePolynomial {
  n: number;
  curvature: number[];
  kept: number[];
  at_modes: number[];
  at_worst: number;
  zeros: Root[] | null;
}

export interface WireCurvature {
  /** the row */
  t: number;
  at: number[];
  of: "loss" | "preconditioned";
  /** of more than two parameters null */
  hessian: number[][] | null;
  /** from the smallest eigenvalue */
  modes: WireMode[];
  condition_number: number | null;
  learning_rate_max: number | null;
  learning_rate_best: number | null;
  learning_rate_best_to: number | null;
  factor_best: number | null;
  /** the curvature beyond which a mode grows */
  limit: number | null;
  /** by mode, by rate */
  curve: { learning_rate: number[]; roots: Root[][][] } | null;
  /** near a saddle: the step at which the run is so far from it along the falling direction; null: at none */
  leaving: { distance: number; predicted: number | null; counted: number | null } | null;
  /** where noise and batches keep the run in the end: around this minimum, with a loss higher by this share */
  center: number[] | null;
  covariance: number[][] | null;
  excess_share: number | null;
  /** in force in the step from there */
  values: Record<string, number>;
  /** the hyperparameter of momentum */
  momentum: string | null;
  polynomial: WirePolynomial | null;
  notes: string[];
}

/** @param row  of the run */
export const curvatureNeed = (state: State, entry: Entry, row: number) => ofRun(state, entry, { t: row, curve: true });

/** @param row  of the run: so many steps */
export const polynomialNeed = (state: State, entry: Entry, row: number) =>
  ofRun(state, entry, { t: row, polynomial: true });

const PATH = "/trajectories/curvature";

export const curvature = replyOf<WireCurvature>("curvature", 200, PATH);
export const polynomial = replyOf<WireCurvature>("polynomial", 200, PATH);

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
  ({ predicted }: { predicted: Record<string, number[]> | null }) => predicted && Object.values(predicted),
);

/** The largest curvature at some rows of a run, and the curvature beyond which steps grow. */
export interface WireEdge {
  t: number[];
  lambda_max: (number | null)[];
  limit: (number | null)[];
  /** the first step beyond it, the row of the least loss, and the row at which the run has left that */
  crosses: number | null;
  least: number | null;
  leaves: number | null;
}

/** The curvature is told at so many rows of a run. */
const ROWS_TOLD = 750;

export const edgeNeed = (state: State, entry: Entry) =>
  ofRun(state, entry, { every: Math.ceil(state.stop.max_steps / ROWS_TOLD) });

export const edge = replyOf("edge", 8, PATH, ({ columns }: { columns: WireEdge | null }) => columns);

/** What a step keeps: a row for each value of momentum, by the rate times the curvature. */
export interface WireStability {
  product: number[];
  momentum: number[];
  factor: (number | null)[][];
  /** of the largest root */
  real: (number | null)[][];
  /** below 0 two roots are complex */
  discriminant: (number | null)[][];
  /** of each row, the product beyond which it grows; null: none */
  edge: (number | null)[];
}

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

export const stability = replyOf("stability", 20, PATH, ({ plane }: { plane: WireStability | null }) => plane);
