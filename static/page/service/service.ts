/**
 * What all figures of a page share: the API with its cached replies, the worker that paints the ground, and the keys.
 */

import * as api from "./api.ts";
import { createKeys } from "./keys.ts";
import { createPainter } from "./painting/orders.ts";
import { once } from "./retry.ts";
import { streamRuns } from "./stream.ts";

export function createService() {
  return {
    ...api,
    getCatalog: once(api.getCatalog),
    getWholeCatalog: once(api.getWholeCatalog),
    streamRuns,
    painter: createPainter(),
    keys: createKeys(),
  };
}

export type Service = ReturnType<typeof createService>;
