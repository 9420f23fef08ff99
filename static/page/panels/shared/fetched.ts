/** A part of the page that is fetched when it is first wanted. */
import type { Figure } from "../../figure/figure.ts";

/** Milliseconds until what could not be fetched is tried again. */
const AGAIN = 2000;

type Needed = Pick<Figure, "invalidate" | "after" | "ended">;

/** @returns null until it is there */
export function fetched<T>(create: () => Promise<T>, { invalidate, after, ended }: Needed): () => T | null {
  let part: T | null = null;
  let coming = false;

  async function fetch() {
    coming = true;
    try {
      part = await create();
    } catch (error) {
      console.warn("a part of the page could not be opened:", error);
      after(() => (coming = false, invalidate()), AGAIN);
    }
    invalidate();
  }

  return () => {
    if (!part && !coming && !ended.aborted) void fetch();
    return part;
  };
}
