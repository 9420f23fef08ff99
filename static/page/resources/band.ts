/** How runs go with other seeds, one run after another, while the loss chart shows them and nothing moves. */

import { bandKey, isRandom, SEEDS } from "../state/seeds.ts";
import { hasRun, specOf } from "../state/state.ts";
import type { Entry } from "../state/types.ts";
import type { Resource, Wish } from "./resource.ts";

export const band: Resource<Wish & { entry: Entry }> = {
  name: "band",
  atRest: true,
  wishes: (state) =>
    state.seeds && state.catalog
      ? state.entries
          .filter((entry) => hasRun(state, entry) && !entry.hidden && isRandom(state, entry))
          .map((entry) => ({ key: bandKey(state, entry), entry }))
          .filter(({ key, entry }) => state.bands[entry.id]?.key !== key)
      : [],
  async request({ key, entry }, asked, { api, signal }) {
    const came = await api.getBand(specOf(asked, [entry]), SEEDS, signal);
    return (state) => ({ ...state, bands: { ...state.bands, [entry.id]: { ...came, key } } });
  },
};
