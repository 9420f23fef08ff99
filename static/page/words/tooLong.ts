/** Why a run's quantities do not come, in words for the page. */
import { grouped } from "../math/format.ts";

/** @param refusal  as the server says it */
export function tooLong(refusal: string): string {
  const most = refusal.match(/ask for at most (\d+) steps/)?.[1];
  return most ? `the run is too long to be drawn whole. Let it stop after ${grouped(Number(most))} steps at the most.` : refusal;
}
