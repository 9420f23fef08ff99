/** How the loss is curved at a row of a run, and what the optimizer makes of it, as the API tells it. */

import { askJson } from "../service/http.ts";
import { runKey, specOf } from "../state/state.ts";
import type { Entry, State } from "../state/types.ts";
import type { Keyed, Wish } from "./resource.ts";

type Root = [real: number, imaginary: number];

/** direction: of more than two parameters null; roots, factor: null where the rule has none */
export interface WireMode {
  eigenvalue: number;
  direction: number[] | null;
  roots: Root[] | null;
  factor: number | null;
  stable: boolean | null;
}

export interface WireCurvature {
  /** the row */
  t: number;
  at: number[];
  of: "loss" | "preconditioned";
  /** from the smallest eigenvalue */
  modes: WireMode[];
  condition_number: number | null;
  learning_rate_max: number | null;
  learning_rate_best: number | null;
  learning_rate_best_to: number | null;
  factor_best: number | null;
  /** by mode, by rate */
  curve: { learning_rate: number[]; roots: Root[][][] } | null;
  notes: string[];
}

/** @param row  of the run */
export function curvatureWish(state: State, entry: Entry, row: number) {
  return { key: `${runKey(state, entry)} ${row}`, body: { ...specOf(state, [entry]), t: row, curve: true } };
}

export const curvature: Keyed<Wish & { body: object }, WireCurvature> = {
  name: "curvature",
  kept: 200,
  request: ({ body }, signal) => askJson({ path: "/trajectories/curvature", body, signal }),
};
