/** When the parts of a figure are drawn, and in which order. */
import { replaceEqual } from "../memo.ts";
import type { ExplanationMarks, State } from "../state/types.ts";
import type { MovingFrame, Part } from "./part.ts";

/** A fault of one part is reported as one that nothing catches is, and the others are drawn. */
export function reportingFaults<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    reportError(error);
    return undefined;
  }
}

/**
 * Draws parts in two passes: all are prepared, which may change the state, then all are rendered from one frame.
 * @param frameOf  the frame as it is now
 * @param stateNow  another object once it has changed
 * @returns a function that draws the parts in sight; it returns their frame, and whether the next is wanted
 */
export function createPasses(frameOf: (explained: ExplanationMarks) => MovingFrame, stateNow: () => State) {
  let explained: ExplanationMarks = {};
  return (inSight: (frame: MovingFrame) => Part[]) => {
    const before = frameOf(explained);
    const parts = inSight(before);
    explained = replaceEqual(
      explained,
      Object.assign({}, ...parts.map((part) => reportingFaults(() => part.prepare?.(before)))),
    );
    const frame = stateNow() === before.state ? { ...before, explained } : frameOf(explained);
    const wants = parts.map((part) => reportingFaults(() => part.render(frame)));
    return { frame, wantsNext: frame.playing || wants.includes(true) };
  };
}

/** @param draw  returns whether it wants to be called again in the next frame */
export function createAnimation(draw: () => boolean): { invalidate: () => void; destroy: () => void } {
  let frameRequest = 0;
  let over = false;

  function invalidate() {
    if (frameRequest || over) return;
    frameRequest = requestAnimationFrame(() => {
      frameRequest = 0;
      if (draw()) invalidate();
    });
  }

  return {
    invalidate,
    destroy() {
      over = true;
      cancelAnimationFrame(frameRequest);
    },
  };
}

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
