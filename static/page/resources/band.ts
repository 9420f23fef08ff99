/**
 * The quartiles of the loss of each run over many seeds, asked for while the loss chart shows them and nothing moves.
 */

import { withNaN } from "../math/series.ts";
import { bandKey, isRandom, SEEDS } from "../state/seeds.ts";
import { hasRun, specOf } from "../state/state.ts";
import type { Entry, Wire } from "../state/types.ts";
import type { Need, ResourceInState } from "./resource.ts";

export const band: ResourceInState<"band", Need & { entry: Entry }> = {
  name: "band",
  atRest: true,
  needs: (state) =>
    state.seeds && state.catalog
      ? state.entries
          .filter((entry) => hasRun(state, entry) && !entry.hidden && isRandom(state, entry))
          .map((entry) => ({ key: bandKey(state, entry), subject: entry.id, entry }))
      : [],
  async request({ entry }, { api, state, signal }) {
    const over = { seed: { from: 0, count: SEEDS } };
    const { curves } = await api.getSweep({ ...specOf(state, [entry]), curves: true }, over, signal);
    const { samples, low, median, high } = curves as Wire["Curves"];
    const quartiles = { low: withNaN(low), median: withNaN(median), high: withNaN(high) };
    return { samples: samples && Float64Array.from(samples), ...quartiles };
  },
};
