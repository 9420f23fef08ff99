/** Updates, after every action, the fields of the state that are derived from others. */
import { showAheadOnceEdited } from "./beats.ts";
import { withPreset } from "./preset.ts";
import { withProblemOnMap } from "./problemOnMap.ts";
import { withLastId } from "./state.ts";
import type { State } from "./types.ts";

/** Their order does not matter: none reads a field, nor one of the exercise, that another sets. */
export const CONSEQUENCES: ((state: State, before: State) => State)[] = [
  withLastId,
  withProblemOnMap,
  withPreset,
  showAheadOnceEdited,
];

export const withConsequences = (state: State, before: State): State =>
  CONSEQUENCES.reduce((next, follow) => follow(next, before), state);
