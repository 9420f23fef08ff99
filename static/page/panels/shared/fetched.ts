/** A part of the page that is fetched when it is first wanted. */
import type { Figure } from "../../figure/figure.ts";

/** Milliseconds until what could not be fetched is tried again. */
const AGAIN = 2000;

/** @returns null until it is there */
export function fetched<T>(create: () => Promise<T>, { invalidate, after, ended }: Pick<Figure, "invalidate" | "after" | "ended">): () => T | null {
  let part: T | null = null;
  let coming = false;

  async function fetch() {
    coming = true;
    part = await create().catch(forgive);
    if (!part) after(again, AGAIN);
    invalidate();
  }

  function forgive(error: unknown): null {
    console.warn("a part of the page could not be opened:", error);
    return null;
  }

  function again() {
    coming = false;
    invalidate();
  }

  return () => {
    if (!part && !coming && !ended.aborted) void fetch();
    return part;
  };
}
