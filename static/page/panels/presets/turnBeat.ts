/** Goes from beat to beat of presets, on or back, as a clicker or its keys ask. */
import type { FramePorts, PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import { goBeyond } from "../../service/framed.ts";
import { openAddress } from "../../state/actions.ts";
import { applyProposedChange, showAhead } from "../../state/beats.ts";
import { nextInPreset, previousInPreset } from "../../state/clicker.ts";
import { presetOfLandscape, presetWithStatus } from "../../state/exercise.ts";
import { setExplanation } from "../../state/explain.ts";
import { addressOfPreset, neighbouringPreset } from "../../state/preset.ts";
import type { Preset } from "../../state/types.ts";
import { openNeighbouringPreset, openPreset } from "./opening.ts";

type TurningPorts = StatePorts & PlaybackPorts & FramePorts;

/** Opens the preset as prepared, with its sentence. */
function openWithSentence({ act, store, seek }: TurningPorts, preset: Preset) {
  const { projector } = store.get();
  const address = addressOfPreset(preset, false);
  act(openAddress, { ...address, display: { ...address.display, projector } });
  seek(Infinity);
}

/** Opens the previous preset at its end, with its change made, if it has one. */
function openPrevious(figure: TurningPorts) {
  const { act, store, seek } = figure;
  const preset = !goBeyond(-1) && neighbouringPreset(store.get(), -1);
  if (!preset) return;
  openPreset(figure, preset);
  act(showAhead);
  seek(Infinity);
  if (preset.change) act(applyProposedChange, preset.change);
}

/** @param by  1: on; -1: back */
export function turnBeat(figure: TurningPorts, by: 1 | -1) {
  const { act, store, frame, turn } = figure;
  if (by > 0) {
    if (!turn(nextInPreset)) openNeighbouringPreset(figure, 1);
    return;
  }
  const state = store.get();
  const replaced = presetWithStatus(state, "replaced");
  if (!presetOfLandscape(state)) openNeighbouringPreset(figure, -1);
  else if (replaced) openWithSentence(figure, replaced);
  else if (!turn(previousInPreset)) openPrevious(figure);
  else if (frame().beat === "question") act(setExplanation, null);
}
