/** What leads from runs that are set otherwise back to those of their preset. */
import { addressOfPreset, presetVaried } from "./preset.ts";
import type { State } from "./types.ts";

/** The runs as the preset has them, and what it proposes to change. */
export function takeBack(state: State): State {
  const preset = presetVaried(state);
  if (!preset) return state;
  const { start, optimizers } = addressOfPreset(preset, false).spec;
  const entries = state.entries.map((entry, k) => ({ ...entry, optimizer: optimizers[k] }));
  return { ...state, start, entries, moving: false, proposes: true, edit: { kind: "value", of: "as it was" } };
}
