/** A part of the page that is fetched when it is first wanted. */
import type { Plate, Scene, State } from "../state/types.ts";
import type { Moment } from "./explain.ts";

/** apart: shows what belongs to no parameter */
export interface Part {
  render: (state: State, scene: Scene, moment: Moment) => void;
  plates?: () => Plate[];
  apart?: () => boolean;
}

/** Milliseconds until what could not be fetched is tried again. */
const AGAIN = 2000;

/** @returns null until it is there */
export function fetched<T = Part>(create: () => Promise<T>, onReady: () => void): () => T | null {
  let part: T | null = null;
  let coming = false;

  async function fetch() {
    coming = true;
    part = await create().catch(forgive);
    if (!part) setTimeout(again, AGAIN);
    onReady();
  }

  function forgive(error: unknown): null {
    console.warn("a part of the page could not be opened:", error);
    return null;
  }

  function again() {
    coming = false;
    onReady();
  }

  return () => {
    if (!part && !coming) void fetch();
    return part;
  };
}
