/** A part of the page that is fetched when it is first wanted. */
import { setFault, UNFETCHED } from "../../state/receiving.ts";
import type { Figure } from "../../figure/figure.ts";

/** Milliseconds until what could not be fetched is tried again. */
const AGAIN = 2000;

type Needed = Pick<Figure, "act" | "invalidate" | "after" | "ended">;

/** @returns null until it is there */
export function fetched<T>(create: () => Promise<T>, { act, invalidate, after, ended }: Needed): () => T | null {
  let part: T | null = null;
  let coming = false;

  async function fetch() {
    coming = true;
    try {
      part = await create();
    } catch (error) {
      console.warn("a part of the page could not be opened:", error);
      // A request of the API that failed is a matter of its own.
      if (error instanceof TypeError) act(setFault, UNFETCHED);
      after(() => (coming = false, invalidate()), AGAIN);
    }
    invalidate();
  }

  return () => {
    if (!part && !coming && !ended.aborted) void fetch();
    return part;
  };
}
