/** A panel: a template of the frame, rendered again once a field that it reads has changed. */
import { nothing, render } from "lit-html";
import { createReads } from "../reads.ts";
import { onEnd } from "./ending.ts";
import type { Frame } from "./part.ts";

/**
 * @param ended  once aborted, the panel is emptied
 * @param template  reads the frame and what `prepare` has kept; a change of anything else must call `redraw` of the
 * figure
 * @param rendered  called after the template, to measure its elements or draw in them
 * @param prepare  called before the template, to keep what the panel remembers and to ask the server
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
