/** What all figures of a page share: the API with what it has answered, the worker that draws the ground, and the keys. */
import { createKeys } from "./keys.ts";
import * as api from "./api.ts";
import { streamRuns } from "./stream.ts";
import { createPainter } from "./painting/orders.ts";
import type { Catalog } from "../state/types.ts";

export function createService() {
  let catalog: Promise<Catalog> | null = null;

  /** Asked for once, whoever wants it, and so not given up with one of them. */
  function getCatalog(): Promise<Catalog> {
    catalog ??= api.getCatalog().catch((error) => {
      catalog = null;
      throw error;
    });
    return catalog;
  }

  return { ...api, getCatalog, streamRuns, painter: createPainter(), keys: createKeys() };
}

export type Service = ReturnType<typeof createService>;
