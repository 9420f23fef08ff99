/** A panel: a template of a frame and of what was prepared from it, rendered anew once a field that it read changes. */
import { nothing, render } from "lit-html";
import { memo } from "../reads.ts";
import type { Explained } from "../state/types.ts";
import { onEnd } from "./ending.ts";
import type { Frame } from "./part.ts";

/**
 * What a panel does with a frame. All but `draw` are done again only once a field that they read of it, of its state or
 * of its scene has changed. These are lent to them: what they return, and what listens to events, has values of them.
 */
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
  /** draws pictures that follow the playhead, in every frame */
  draw?: (frame: Frame, data: D) => void;
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

/** @param put  puts a template into elements */
export function createMemoPanel<D>(
  { prepare, explained, template, rendered, draw }: PanelSteps<D>,
  put: (template: unknown) => void,
) {
  let data: D | undefined;
  let redraws = -1;
  const createPrepared = () =>
    memo(
      (frame: Frame) => {
        const made = prepare?.(frame, data) as D;
        data = made;
        return { data: made, explained: explained?.(frame, made) };
      },
      "state",
      "scene",
    );
  let prepared = createPrepared();
  const show = memo(
    (frame: Frame & { prepared: { data: D } }) => {
      const { data } = frame.prepared;
      put(template(frame, data));
      rendered?.(frame, data);
    },
    "state",
    "scene",
  );

  function preparedFor(frame: Frame, anew = redraws !== frame.redraws) {
    redraws = frame.redraws;
    if (anew) prepared = createPrepared();
    return prepared(frame);
  }

  return {
    prepare: (frame: Frame) => preparedFor(frame).explained,
    /** @param anew  whatever it has read */
    render(frame: Frame, anew?: true) {
      const current = preparedFor(frame, anew);
      show({ ...frame, prepared: current });
      draw?.(frame, current.data);
    },
    /** What was prepared last, for keys, pointers and exports; undefined before the first frame. */
    data: () => data,
  };
}
