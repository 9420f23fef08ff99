/** What follows from any change of the state. */
import { stopHidingOnceEdited } from "./beats.ts";
import { withPreset } from "./preset.ts";
import { withProblemOnMap } from "./problemOnMap.ts";
import { withLastId } from "./state.ts";
import type { State } from "./types.ts";

/** Their order is free: none reads a field of the changed state that another sets. */
const CONSEQUENCES: ((state: State, before: State) => State)[] = [
  withLastId,
  withProblemOnMap,
  withPreset,
  stopHidingOnceEdited,
];

export const withConsequences = (state: State, before: State): State =>
  CONSEQUENCES.reduce((next, follow) => follow(next, before), state);
