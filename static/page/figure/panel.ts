/** A panel: a template of a frame and of what was prepared from it, rendered anew with every frame that differs. */
import { nothing, render } from "lit-html";
import { memo } from "../memo.ts";
import type { ExplanationMarks } from "../state/types.ts";
import { onEnd } from "./lifetime.ts";
import type { Frame, MovingFrame } from "./part.ts";

/** What a panel does with a frame; all but `draw` only where it differs from the last one. */
interface PanelSteps<D> {
  /**
   * Asks the server, and works out what the panel shows; called before any part of the figure is rendered.
   * @param previous  what it returned last
   */
  prepare?: (frame: Frame, previous?: D) => D;
  /** @returns what other parts draw of it */
  explained?: (frame: Frame, data: D) => ExplanationMarks;
  /** reads nothing but its arguments: a change of anything else must call `redraw` of the figure */
  template: (frame: Frame, data: D) => unknown;
  /** called after the template, to measure its elements or draw in them */
  rendered?: (frame: Frame, data: D) => void;
  /** draws what follows the playhead, in every frame */
  draw?: (frame: MovingFrame, data: D) => void;
}

/**
 * @param ended  once aborted, the panel is emptied
 * @param steps  its template alone, where nothing is to be prepared
 * @param renderInRoot  puts a template into the elements
 */
export function createPanel<D = undefined>(
  { ended }: { ended: AbortSignal },
  root: HTMLElement,
  steps: PanelSteps<D> | ((frame: Frame) => unknown),
  renderInRoot = (template: unknown): unknown => render(template, root),
) {
  const all: PanelSteps<D> = typeof steps === "function" ? { template: steps } : steps;
  const { prepare, explained, template, rendered, draw } = all;
  onEnd(ended, () => renderInRoot(nothing));
  let data: D | undefined;
  const prepared = memo((frame: Frame) => {
    const made = prepare?.(frame, data) as D;
    data = made;
    return { data: made, explained: explained?.(frame, made) };
  });
  const show = memo((frame: Frame, data: D) => {
    renderInRoot(template(frame, data));
    rendered?.(frame, data);
  });
  let renewals = 0;
  const stillFrameOf = ({ step: _, time: _time, explained: _explained, ...still }: MovingFrame): Frame => ({
    ...still,
    redraws: still.redraws + renewals,
  });

  return {
    prepare: (frame: MovingFrame) => prepared(stillFrameOf(frame)).explained,
    /** @param anew  even where the frame is as before: what it reads besides has changed */
    render(frame: MovingFrame, anew?: true) {
      if (anew) renewals += 1;
      const still = stillFrameOf(frame);
      const { data } = prepared(still);
      show(still, data);
      draw?.(frame, data);
    },
    /** What was prepared last, for keys, pointers and exports; undefined before the first frame. */
    data: () => data,
  };
}
