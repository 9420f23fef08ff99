/** Opens a preset: a chosen one, or the next. */
import type { Figure } from "../../figure/figure.ts";
import { goBeyond } from "../../service/framed.ts";
import { presetWithStatus, withExercise } from "../../state/exercise.ts";
import { showPanel } from "../../state/explain.ts";
import { addressOfPreset, neighbouringPreset } from "../../state/preset.ts";
import type { Preset } from "../../state/types.ts";

/** Opens a preset with its question, without an explanation; a projector view stays one. */
export function openPreset({ store, act, open }: Pick<Figure, "store" | "act" | "open">, preset: Preset) {
  const state = store.get();
  const { projector, explain } = state;
  const takesPlace = state.entries.length > 0 && !presetWithStatus(state, "prepared", "changed");
  const address = addressOfPreset(preset, true);
  const display = {
    ...address.display,
    projector,
    explain: { ...explain, against: null, explanation: null },
  };
  open({ ...address, display });
  act(withExercise, { replacedOwnRuns: takesPlace });
  act(showPanel, preset.look_at ?? "map");
}

/** Opens the preset after or before; in a playlist the next part, or the one before. */
export function openNeighbouringPreset(figure: Pick<Figure, "store" | "act" | "open">, by: 1 | -1) {
  const preset = !goBeyond(by) && neighbouringPreset(figure.store.get(), by);
  if (preset) openPreset(figure, preset);
}
