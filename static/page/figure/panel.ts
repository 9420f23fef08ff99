/** A panel is a template of the frame, rendered again where something that it reads of the frame is another. */
import { nothing, render } from "lit-html";
import { createReads } from "../reads.ts";
import { onEnd } from "./ending.ts";
import type { Figure } from "./figure.ts";
import type { Frame } from "./part.ts";

/** What a panel is told by: it asks for a frame, and goes with its figure. */
export type PanelPorts = Pick<Figure, "invalidate" | "ended">;

/**
 * @param template  of the frame and what was prepared from it; whatever else it reads calls `again` when it changes
 * @param rendered  measures what stands there now, or draws in it
 * @param prepare  before the template: keeps what the panel remembers, and asks the server
 */
export function createPanel(
  { invalidate, ended }: PanelPorts,
  root: HTMLElement,
  template: (frame: Frame) => unknown,
  rendered: (frame: Frame) => void = () => {},
  prepare: (frame: Frame) => void = () => {},
) {
  const reads = createReads<Frame>("state", "scene");
  let due = true;
  onEnd(ended, () => render(nothing, root));
  return {
    again() {
      due = true;
      invalidate();
    },
    render(frame: Frame) {
      if (!due && !reads.changed(frame)) return;
      due = false;
      const noted = reads.of(frame);
      prepare(noted);
      render(template(noted), root);
      rendered(noted);
    },
  };
}
