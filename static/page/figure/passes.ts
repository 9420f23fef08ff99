/** The parts of a figure, and the two passes that draw those in sight: all are prepared, then all are rendered. */
import { keepEqual } from "../memo.ts";
import type { ChartExport, ExplanationMarks, State } from "../state/types.ts";
import type { Figure } from "./figure.ts";
import type { Frame, MovingFrame, Part, View } from "./part.ts";

/** A fault of one part is reported as one that nothing catches is, and the others are drawn. */
function reportingFaults<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    reportError(error);
    return undefined;
  }
}

/**
 * The parts of a figure, each in the place of its view.
 * @param placeOf  where a view stands @returns no parts before they are created
 */
export function createParts(views: View[], placeOf: (view: View) => HTMLElement) {
  const declared = views.map((view) => ({ view, root: placeOf(view) }));
  let parts: Part[] = [];
  const isHidden = ({ view, root }: { view: View; root: HTMLElement }) => view.place && root.hidden;

  return {
    /** @param figure  what views may use of it: their order decides which of them gets a key */
    create(figure: Figure) {
      parts = declared.map(
        ({ view, root }) => reportingFaults(() => view.create(root, figure)) ?? { render: () => false },
      );
    },
    /** @returns the parts that show, whose places are then not hidden */
    inSight: (frame: Frame): Part[] =>
      parts.filter((_, k) => {
        const { view, root } = declared[k];
        if (view.shows) root.hidden = !reportingFaults(() => view.shows?.(frame));
        return !isHidden(declared[k]);
      }),
    press: (key: string): boolean => parts.some((part, k) => !isHidden(declared[k]) && part.press?.(key)),
    takeHome: () => parts.find((part) => part.takeHome)?.takeHome,
    chartExports: (): ChartExport[] => parts.flatMap((part) => part.chartExports?.() ?? []),
  };
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
    explained = keepEqual(
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
