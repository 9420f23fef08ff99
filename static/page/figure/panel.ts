/** A panel: a template of the frame, rendered again once a field that it reads has changed. */
import { nothing, render } from "lit-html";
import { createReads } from "../reads.ts";
import { onEnd } from "./ending.ts";
import type { Frame, Part } from "./part.ts";

type Prepare = Exclude<Part["prepare"], undefined>;

/**
 * @param ended  once aborted, the panel is emptied
 * @param template  reads the frame and what `prepare` has kept; a change of anything else must call `redraw` of the
 * figure
 * @param rendered  called after the template, to measure its elements or draw in them
 * @param prepare  called before all parts of the figure are rendered, and again once a field that it reads has changed:
 * asks the server, keeps what the panel remembers, and returns what others draw of it
 */
export function createPanel(
  { ended }: { ended: AbortSignal },
  root: HTMLElement,
  template: (frame: Frame) => unknown,
  rendered: (frame: Frame) => void = () => {},
  prepare: Prepare = () => {},
) {
  onEnd(ended, () => render(nothing, root));
  return createRenewing(prepare, (frame) => {
    render(template(frame), root);
    rendered(frame);
  });
}

/** Prepares and draws only once a field of the frame, of its state or of its scene has changed that this has read. */
export function createRenewing(prepare: Prepare, draw: (frame: Frame) => void) {
  const [preparing, drawing] = [createReads<Frame>("state", "scene"), createReads<Frame>("state", "scene")];
  let redraws = -1;
  let explained: ReturnType<Prepare>;
  let isDrawn = false;

  function prepared(frame: Frame, anew = redraws !== frame.redraws) {
    if (!anew && !preparing.changed(frame)) return explained;
    redraws = frame.redraws;
    isDrawn = false;
    explained = prepare(preparing.recording(frame));
    return explained;
  }

  return {
    prepare: (frame: Frame) => prepared(frame),
    /** @param anew  whatever it has read */
    render(frame: Frame, anew?: true) {
      prepared(frame, anew);
      if (isDrawn && !drawing.changed(frame)) return;
      isDrawn = true;
      draw(drawing.recording(frame));
    },
  };
}
