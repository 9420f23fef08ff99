/** What all figures of a page share: the API with what it has answered, the worker that draws the ground, and the keys. */
import { createKeys } from "./keys.ts";
import * as api from "./api.ts";
import { streamRuns } from "./stream.ts";
import { createPainter } from "./painting/orders.ts";

/** @returns asks once, whoever wants it, and so does not give up with one of them; again only after a failure */
function once<T>(get: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => (asked ??= get().catch((error) => {
    asked = null;
    throw error;
  }));
}

export function createService() {
  return {
    ...api, getCatalog: once(api.getCatalog), getWholeCatalog: once(api.getWholeCatalog), streamRuns, painter: createPainter(), keys: createKeys(),
  };
}

export type Service = ReturnType<typeof createService>;
