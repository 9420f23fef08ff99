/** The steps on and back through the beats of presets, by a clicker or its keys. */
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

export function createBeatSteps(figure: StatePorts & PlaybackPorts & FramePorts) {
  const { act, store, frame, seek, turn } = figure;

  /** Opens the preset as prepared, with its sentence. */
  function openWithSentence(preset: Preset) {
    const { projector } = store.get();
    const address = addressOfPreset(preset, false);
    act(openAddress, { ...address, display: { ...address.display, projector } });
    seek(Infinity);
  }

  /** Opens the previous preset at its end, with its change made, if it has one. */
  function before() {
    const preset = !goBeyond(-1) && neighbouringPreset(store.get(), -1);
    if (!preset) return;
    openPreset(figure, preset);
    act(showAhead);
    seek(Infinity);
    if (preset.change) act(applyProposedChange, preset.change);
  }

  function on() {
    if (!turn(nextInPreset)) openNeighbouringPreset(figure, 1);
  }

  function back() {
    const state = store.get();
    const replaced = presetWithStatus(state, "replaced");
    if (!presetOfLandscape(state)) openNeighbouringPreset(figure, -1);
    else if (replaced) openWithSentence(replaced);
    else if (!turn(previousInPreset)) before();
    else if (frame().beat === "question") act(setExplanation, null);
  }

  return { turn: (by: 1 | -1) => (by > 0 ? on() : back()) };
}
