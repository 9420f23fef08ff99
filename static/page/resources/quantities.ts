/** What a rule holds and computes over a whole run, once that rests. */

import { askJson } from "../service/http.ts";
import { runKey, specOf } from "../state/state.ts";
import type { Entry, Spec, State } from "../state/types.ts";
import type { Keyed, Wish } from "./resource.ts";

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

export const quantitiesWish = (state: State, entry: Entry) => ({
  key: runKey(state, entry),
  spec: specOf(state, [entry]),
});

/** As many runs as a page can have, twice. */
export const quantities: Keyed<Wish & { spec: Spec }, WireQuantities> = {
  name: "quantities",
  kept: 16,
  request: ({ spec }, signal) => askJson({ path: "/trajectories/quantities", body: spec, signal }),
};
