/** Actions on a preset that has run: show its answer for good, make its change, take the change back. */
import { setStart } from "./actions.ts";
import { addressOfPreset, presetOf, withValue } from "./preset.ts";
import { beatOf, type Moment, setReveal } from "./reveal.ts";
import type { ProposedChange, State } from "./types.ts";

/** @param moment  at the end of all runs @returns the state in which the preset's answer shows, until it asks again */
export const keepTold = (state: State, moment: Moment): State =>
  beatOf({ ...moment, state }) === "sentence" && presetOf(state, "prepared") ? setReveal(state, false) : state;

/** Makes the change that a preset proposes. */
export function makeChange(state: State, { control: { run, param, value } }: ProposedChange): State {
  if (run === null) return setStart(state, value as number[], false);
  const entries = state.entries.map((entry, k) =>
    k === run ? { ...entry, optimizer: withValue(entry.optimizer, param, value) } : entry,
  );
  return { ...state, entries, moving: false, edit: { kind: "value", target: `${param} of ${state.entries[run].id}` } };
}

/** Sets the runs back to those of the preset, and tells what it proposes to change. */
export function takeBack(state: State): State {
  const preset = presetOf(state, "changed", "varied");
  if (!preset) return state;
  const { start, optimizers } = addressOfPreset(preset, false).spec;
  const entries = state.entries.map((entry, k) => ({ ...entry, optimizer: optimizers[k] }));
  return { ...state, start, entries, moving: false, proposes: true, edit: { kind: "value", target: "as it was" } };
}
