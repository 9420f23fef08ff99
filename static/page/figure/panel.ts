/** A panel is a template of the frame, rendered again where something that it reads of the frame is another. */
import { nothing, render } from "lit-html";
import { createReads } from "../reads.ts";
import type { Frame } from "./part.ts";

/**
 * @param template  of nothing but the frame; whatever else it reads calls `again` when it changes
 * @param rendered  measures what stands there now, or draws in it
 */
export function createPanel(
  invalidate: () => void,
  root: HTMLElement,
  template: (frame: Frame) => unknown,
  rendered: (frame: Frame) => void = () => {},
) {
  const reads = createReads<Frame>("state", "scene");
  let due = true;
  return {
    again() {
      due = true;
      invalidate();
    },
    render(frame: Frame) {
      if (!due && !reads.changed(frame)) return;
      due = false;
      const noted = reads.of(frame);
      render(template(noted), root);
      rendered(noted);
    },
    destroy: () => void render(nothing, root),
  };
}
