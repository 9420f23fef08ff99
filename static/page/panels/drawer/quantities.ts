/** What the rules of runs hold and compute: asked for run by run once they rest, shown until the next comes. */

import type { Figure } from "../../figure/figure.ts";
import type { WireQuantities } from "../../resources/quantities.ts";
import { quantities, quantitiesWish } from "../../resources/quantities.ts";
import { knownOf } from "../../resources/resource.ts";
import type { Refusal, Scene, State } from "../../state/types.ts";

/** late: of the run as it was; silent: why nothing has come just now */
type Held = { wire: WireQuantities | null; late: boolean; refused: Refusal[]; silent: string };

export type Quantities = ReturnType<typeof createQuantities>;

export function createQuantities({ ask }: Pick<Figure, "ask">) {
  const want = ask(quantities);
  /** What came last of each entry. */
  const last: Map<number, WireQuantities> = new Map();

  /** @param indices  of runs, the most wanted first */
  return (state: State, scene: Scene, indices: number[]): Held[] => {
    const wishes = indices.map((index) => quantitiesWish(state, state.entries[index]));
    want(state.moving ? [] : wishes.filter((_, k) => scene.runs[indices[k]].end));
    return indices.map((index, k) => {
      const { id } = state.entries[index];
      const known = knownOf(state, quantities, wishes[k].key);
      if (known && "value" in known) last.set(id, known.value);
      return {
        wire: last.get(id) ?? null,
        late: !known || "waits" in known,
        refused: known && "refused" in known ? known.refused : [],
        silent: known && "waits" in known ? known.waits : "",
      };
    });
  };
}
