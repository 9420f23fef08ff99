/** A panel is a template of the frame, rendered again where something that it reads of the frame is another. */
import { nothing, render } from "lit-html";
import { createReads } from "../reads.ts";
import { onEnd } from "./ending.ts";
import type { Frame } from "./part.ts";

/**
 * @param ended  from when on it is empty
 * @param template  of the frame and what was prepared from it; what it reads besides asks the figure for `redraw`
 * @param rendered  measures what stands there now, or draws in it
 * @param prepare  before the template: keeps what the panel remembers, and asks the server
 */
export function createPanel(
  { ended }: { ended: AbortSignal },
  root: HTMLElement,
  template: (frame: Frame) => unknown,
  rendered: (frame: Frame) => void = () => {},
  prepare: (frame: Frame) => void = () => {},
) {
  const reads = createReads<Frame>("state", "scene");
  let redraws = -1;
  onEnd(ended, () => render(nothing, root));
  return {
    /** @param anew  whatever it has read */
    render(frame: Frame, anew: boolean = false) {
      if (!anew && redraws === frame.redraws && !reads.changed(frame)) return;
      redraws = frame.redraws;
      const noted = reads.of(frame);
      prepare(noted);
      render(template(noted), root);
      rendered(noted);
    },
  };
}
