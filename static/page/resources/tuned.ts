/** A run tuned to a loss, as the API tells it. */
import { longReplyOf } from "./resource.ts";

export interface WireTuned {
  /** null: none that was tried gets there */
  best: Record<string, number> | null;
  steps: number | null;
  evaluations: number | null;
  range: Record<string, [number, number]> | null;
  /** [rate, steps]; null: never */
  curve: [number, number | null][];
  budget: { runs: number; max_steps: number; seeds: number[] };
  notes: string[];
}

export const tunedRun = longReplyOf<WireTuned>("tuned", 40, "/trajectories/tune");
