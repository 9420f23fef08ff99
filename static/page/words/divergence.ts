/** What broke in a run that has no next step: numbers that ran away are one thing, a place where nothing is defined another. */
import type { End } from "../state/types.ts";

/** @returns "the loss is not defined"; empty where numbers ran away, or nothing is known */
export function undefinedThere(end: End | null): string {
  const broke = end?.sentence?.match(/^diverged at step \d+: (.*) (?:is not a number|is infinite)/)?.[1];
  if (!broke) return "";
  return `${broke} is ${/not a number/.test(end?.sentence ?? "") ? "not defined" : "infinite"}`;
}
