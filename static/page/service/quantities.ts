/** What a rule holds and computes over a whole run, as the API tells it. */

import type { Spec } from "../state/types.ts";
import { askJson } from "./http.ts";

/** null: not a finite number */
type PerParameter = Record<string, (number | null)[]>;

export interface WireQuantities {
  /** row 0 is before the first step */
  states: Record<string, PerParameter>;
  /** entry k is that of step k + 1 */
  values: Record<string, PerParameter>;
  /** null: a step is no rate times a direction */
  rate: { of: string; latex: string | null; values: PerParameter } | null;
  /** of each name */
  latex: Record<string, string>;
}

/** @param spec  with one optimizer */
export function getQuantities(spec: Spec, signal?: AbortSignal): Promise<WireQuantities> {
  return askJson({ path: "/trajectories/quantities", body: spec, signal });
}
