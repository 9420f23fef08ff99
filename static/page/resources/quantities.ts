/** What a rule holds and computes over a whole run, once that rests. */

import { runKey, specOf } from "../state/state.ts";
import type { Entry, Refusal, Scene, State } from "../state/types.ts";
import { answerOf, knownOf } from "./resource.ts";
import type { createTable } from "./table.ts";

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

const quantitiesWish = (state: State, entry: Entry) => ({
  key: runKey(state, entry),
  body: specOf(state, [entry]),
});

/** As many runs as a page can have, twice. */
const quantities = answerOf<WireQuantities>("quantities", 16, "/trajectories/quantities");

/** late: of the run as it was; silent: why nothing has come just now */
type Held = { wire: WireQuantities | null; late: boolean; refused: Refusal[]; silent: string };

export type Quantities = ReturnType<typeof createQuantities>;

/** Asked for run by run once they rest, and shown until the next come. */
export function createQuantities({ ask }: Pick<ReturnType<typeof createTable>, "ask">) {
  const want = ask(quantities);
  /** What came last of each entry. */
  const last: Map<number, WireQuantities> = new Map();

  /** @param indices  of runs, the most wanted first */
  return (state: State, scene: Scene, indices: number[]): Held[] => {
    const wishes = indices.map((index) => quantitiesWish(state, state.entries[index]));
    want(state.moving ? [] : wishes.filter((_, k) => scene.runs[indices[k]].end));
    return indices.map((index, k) => {
      const { id } = state.entries[index];
      const { value, refused = [], waits = "" } = knownOf(state, quantities, wishes[k].key) ?? {};
      if (value) last.set(id, value);
      return { wire: last.get(id) ?? null, late: !value && !refused.length, refused, silent: waits };
    });
  };
}
