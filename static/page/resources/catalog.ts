/** All that can be named, in brief: what a page needs as it opens. */
import { answered, receiveCatalog } from "../state/receiving.ts";
import type { Resource } from "./resource.ts";

export const catalog: Resource = {
  name: "catalog",
  wishes: (state) => (state.catalog ? [] : [{ key: "" }]),
  async request(_, __, { api }) {
    const brief = await api.getCatalog();
    return (state) => receiveCatalog(state.entries.length ? state : answered(state, []), brief);
  },
};
