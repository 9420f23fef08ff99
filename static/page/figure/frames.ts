/** The frames of a figure: the input of its parts for one drawing after another. */

import { screenUpTo } from "../size.ts";
import { beatOf, hidesOutcome, lastDrawnStep } from "../state/beats.ts";
import { chosenRunIndex } from "../state/chosenRun.ts";
import { createScene } from "../state/scene.ts";
import { extentOf } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import type { ExplanationMarks } from "../state/types.ts";
import type { EditHistory } from "./history.ts";
import type { MovingFrame } from "./part.ts";
import type { Player } from "./player.ts";

/** Pixels of the smallest type that maps and charts are written in. */
const SMALLEST = 12;

/** The smallest type on a wall has 28 pixels where the wall is 1920 wide, and never less than 18. */
const wallScale = () => Math.max(18, Math.min(innerWidth / 68.5, innerHeight / 38.5)) / SMALLEST;

/** Milliseconds between two changes of words and numbers while a run plays, so that they can be read. */
const READABLE = 200;

/** The step that words and numbers are of, and the time since when. */
export interface ReadableStep {
  step: number;
  time: number;
}

/** @param last  of the drawing before @returns of one at this moment */
export const readableAt = (
  last: ReadableStep,
  { step, playing, time }: ReadableStep & { playing: boolean },
): ReadableStep => (playing && time - last.time < READABLE ? last : { step, time });

/** @param clock  milliseconds */
export function createFrames(store: Store, history: EditHistory, player: Player, clock: () => number) {
  const [narrow, stacked, small] = [screenUpTo("narrow"), screenUpTo("stacked"), screenUpTo("small")];
  const sceneOf = createScene();
  let readable: ReadableStep = { step: 0, time: -Infinity };
  let redraws = 0;

  return {
    /** @param explained  as the parts that explain have returned it @returns the frame as it is now */
    at(explained: ExplanationMarks): MovingFrame {
      const state = store.get();
      const playhead = { step: player.step(), playing: player.playing(), speed: player.speed(), time: clock() };
      const until = lastDrawnStep(state, playhead.step);
      const scene = sceneOf({ state, until, wall: small.matches ? 0 : wallScale() });
      return {
        state,
        scene,
        ...playhead,
        beat: beatOf({ state, ...playhead }),
        outcomeShows: !hidesOutcome(state, playhead.step),
        chosen: chosenRunIndex(state),
        wordsStep: readableAt(readable, playhead).step,
        longest: extentOf(state).length,
        narrow: narrow.matches && !scene.projector,
        stacked: stacked.matches,
        canUndo: history.canUndo(),
        canRedo: history.canRedo(),
        explained,
        redraws,
      };
    },
    /** @param frame  that was drawn: its words are read for a while */
    drawn(frame: MovingFrame) {
      readable = readableAt(readable, frame);
    },
    /** Has all panels of the next frame rendered again. */
    redraw() {
      redraws += 1;
    },
  };
}
