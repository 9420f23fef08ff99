/** Keeps the answer to the question of a preset in sight. Fetched with what is said once it has run. */
import { presetShown } from "./preset.ts";
import { beatOf, type Moment, setReveal } from "./reveal.ts";
import type { State } from "./types.ts";

/** @param moment  at the end of all runs @returns with their preset's answer out, until it asks again */
export const keepTold = (state: State, moment: Moment): State =>
  beatOf({ ...moment, state }) === "sentence" && presetShown(state) ? setReveal(state, false) : state;
