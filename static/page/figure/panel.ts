/** A panel: a template of a frame and of what was prepared from it, rendered anew once a field that it read changes. */
import { nothing, render } from "lit-html";
import { createReads } from "../reads.ts";
import type { Explained } from "../state/types.ts";
import { onEnd } from "./ending.ts";
import type { Frame } from "./part.ts";

/** What a panel does with a frame; each is done again once a field that it read of the frame has changed. */
interface PanelSteps<D> {
  /**
   * Asks the server, and works out what the panel shows; called before any part of the figure is rendered.
   * @param before  what it returned last
   */
  prepare?: (frame: Frame, before?: D) => D;
  /** @returns what other parts draw of it */
  explained?: (frame: Frame, data: D) => Explained;
  /** reads nothing but its arguments: a change of anything else must call `redraw` of the figure */
  template: (frame: Frame, data: D) => unknown;
  /** called after the template, to measure its elements or draw in them */
  rendered?: (frame: Frame, data: D) => void;
}

/**
 * @param ended  once aborted, the panel is emptied
 * @param steps  its template alone, where nothing is to be prepared
 */
export function createPanel<D = undefined>(
  { ended }: { ended: AbortSignal },
  root: HTMLElement,
  steps: PanelSteps<D> | ((frame: Frame) => unknown),
) {
  onEnd(ended, () => render(nothing, root));
  return createMemoPanel(typeof steps === "function" ? { template: steps } : steps, (template) =>
    render(template, root),
  );
}

/** @param draw  puts a template into elements */
export function createMemoPanel<D>(
  { prepare, explained, template, rendered }: PanelSteps<D>,
  draw: (template: unknown) => void,
) {
  const [preparing, drawing] = [createReads<Frame>("state", "scene"), createReads<Frame>("state", "scene")];
  let redraws = -1;
  let data: D;
  let others: Explained | undefined;
  let isDrawn = false;

  function prepared(frame: Frame, anew = redraws !== frame.redraws) {
    if (!anew && !preparing.changed(frame)) return others;
    redraws = frame.redraws;
    isDrawn = false;
    const recording = preparing.recording(frame);
    if (prepare) data = prepare(recording, data);
    others = explained?.(recording, data);
    return others;
  }

  return {
    prepare: (frame: Frame) => prepared(frame),
    /** @param anew  whatever it has read */
    render(frame: Frame, anew?: true) {
      prepared(frame, anew);
      if (isDrawn && !drawing.changed(frame)) return;
      isDrawn = true;
      const recording = drawing.recording(frame);
      draw(template(recording, data));
      rendered?.(recording, data);
    },
    /** What was prepared last, for keys, pointers and exports; undefined before the first frame. */
    data: (): D | undefined => data,
  };
}
