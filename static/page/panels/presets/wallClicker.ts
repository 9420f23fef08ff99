/**
 * A presenter's clicker on the wall: a press goes to the next or previous beat or preset; holding it down opens a list
 * of further actions.
 */
import { scaleOf } from "../../controls/sliderScale.ts";
import type { FramePorts, PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import { formatExact } from "../../math/format.ts";
import { setProjector, setValue } from "../../state/actions.ts";
import { hidesAhead } from "../../state/exercise.ts";
import { setExplanation, showTab } from "../../state/explain.ts";
import { presetsOf } from "../../state/preset.ts";
import { ANY_RATE } from "../runs/card.ts";
import { listenToClicker } from "../shared/clickerKeys.ts";
import { chartOf } from "../shared/panelTabs.ts";
import { openPreset } from "./opening.ts";
import { turnBeat } from "./turnBeat.ts";
import { createWallControls, createWallList, type WallChoice } from "./wallList.ts";

/** Lets the clicker's keys lower and raise the rate of a run, until one is held down. */
function createRateSetting({ act, store }: StatePorts, say: (words: string) => void) {
  /** The id of its entry; null: none is set. */
  let rated: number | null = null;

  /** @param id  null: ends setting a rate */
  function set(id: number | null) {
    rated = id;
    act(showTab, id === null ? chartOf(store.get()) : "runs");
    say(id === null ? "" : "on: lower · back: higher · held: done");
  }

  return {
    isSet: () => rated !== null,
    set,
    /** Sets the rate to the next 1, 2 or 5 times a power of ten. */
    turn(by: 1 | -1) {
      const entry = store.get().entries.find(({ id }) => id === rated);
      if (!entry) return set(null);
      const value = scaleOf(ANY_RATE).next(Number(entry.optimizer.learning_rate), by, true);
      act(setValue, entry.id, "learning_rate", value, false);
    },
  };
}

export function createClicker(root: HTMLElement, figure: StatePorts & PlaybackPorts & FramePorts) {
  const { act, store, frame, player, ended } = figure;
  const controls = createWallControls(root, ended);
  const list = createWallList(root, ended);
  const rate = createRateSetting(figure, list.say);

  function choices(): WallChoice[] {
    const state = store.get();
    const all = presetsOf(state);
    const here = all.findIndex(({ name }) => name === state.exercise.preset?.name);
    const presets = [...all.slice(here + 1), ...all.slice(0, Math.max(0, here))];
    const rates = frame().scene.wholeRuns.flatMap(({ name }, k) => {
      const { learning_rate: value } = state.entries[k].optimizer;
      const rateText = formatExact(Number(value));
      const words = `Rate of ${name.replace(` ${rateText}`, "")}: ${rateText}`;
      return value === undefined ? [] : [{ words, go: () => rate.set(state.entries[k].id) }];
    });
    return [
      { words: "Go on here", go: () => {} },
      ...rates,
      { words: "Black", go: darken },
      { words: "Stop presenting", go: () => act(setProjector, false) },
      ...presets.map((preset) => ({
        words: `Scene ${all.indexOf(preset) + 1}: ${preset.title}`,
        go: () => openPreset(figure, preset),
      })),
    ];
  }

  /** Escape closes what is open first. */
  function leave() {
    if (document.querySelector(":popover-open, dialog[open]")) return;
    if (list.isOpen()) list.close();
    else if (rate.isSet()) rate.set(null);
    else if (store.get().explain.explanation !== null) act(setExplanation, null);
    else act(setProjector, false);
  }

  function hold() {
    if (list.isOpen()) list.choose();
    else if (rate.isSet()) rate.set(null);
    else list.open(choices());
  }

  function turn(by: 1 | -1) {
    controls.close();
    if (list.isOpen()) list.turn(by);
    else if (rate.isSet()) rate.turn(by > 0 ? -1 : 1);
    else turnBeat(figure, by);
  }

  const { darken } = listenToClicker({
    signal: ended,
    active: () => frame().scene.projector,
    dark: () => (store.get().problem.network ? "b" : "b."),
    playing: () =>
      !list.isOpen() && !rate.isSet() && !player.atEnd() && (player.step() > 0 || !hidesAhead(store.get())),
    turn,
    hold,
  });
  return {
    /** R opens the runs, with their rates; Escape leads out. @returns whether it means something here */
    press(key: string): boolean {
      if (!frame().scene.projector) return false;
      if (key === "Escape") leave();
      else if (key !== "r") return false;
      else act(showTab, root.dataset.tab === "runs" ? chartOf(store.get()) : "runs");
      return true;
    },
  };
}
