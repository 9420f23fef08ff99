/** All that can be named, in brief: what a page needs as it opens. */
import { receiveCatalog } from "../state/receiving.ts";
import type { Catalog } from "../state/types.ts";
import type { Need, Resource } from "./resource.ts";

export const catalog: Resource<Need, Catalog> = {
  name: "catalog",
  needs: (state) => (state.catalog ? [] : [{ key: "" }]),
  request: (_, { api }) => api.getCatalog(),
  withReply: (state, _, brief) => receiveCatalog(state, brief),
};
