/** The map of a figure: what is done on it goes into the state. */
import { selectRun, setStart, setWindow } from "../state/actions.ts";
import { showsWorking } from "../state/explain.ts";
import { awaitsPlace, giveAnswer } from "../state/reveal.ts";
import { hover } from "../state/receiving.ts";
import { createMap } from "../views/map/index.ts";
import { gradientAtRest } from "../figure/part.ts";
import type { Figure } from "../figure/figure.ts";
import type { Frame } from "../figure/part.ts";

/**
 * @param onStartName  the words beside the start were pressed
 * @param zooms  not where wheel and touch scroll the page
 */
export const createMapPart = (onStartName: () => void = () => {}, zooms = true) => ({ act, store, highlight, place, seek, needLandscape, service, ended }: Figure) => {
  const root = place("map");
  const map = createMap(root, service.painter(), {
    zooms,
    onStart: (point, moving) => act(setStart, point, moving),
    onPlace(point) {
      const asked = now !== null && awaitsPlace(now);
      if (asked) act(giveAnswer, point);
      return asked;
    },
    onWindow: (window, moving) => act(setWindow, window, moving),
    onSeek(run, step) {
      act(selectRun, store.get().entries[run]?.id ?? null);
      seek(step);
    },
    onStartName,
    onHover: (hit) => act(hover, hit),
    onNeedLandscape: needLandscape,
  });
  let now: Frame | null = null;
  let working = false;
  /** What the pointer was on last: leaving it is told, but what was highlighted elsewhere stays. */
  let last: string | null = null;

  function point(quantity: string | null) {
    if (quantity === last || !working) return;
    last = quantity;
    highlight.set(quantity);
  }

  root.addEventListener("pointermove", ({ clientX, clientY }) => point(map.arrowAt(clientX, clientY)), { signal: ended });
  root.addEventListener("pointerleave", () => point(null), { signal: ended });

  return {
    needs: gradientAtRest,
    render(frame: Frame) {
      now = frame;
      const { state, scene, step } = frame;
      root.hidden = scene.problem.domain.length === 0;
      if (root.hidden) return;
      working = showsWorking(frame);
      map.render(scene, { step, highlighted: state.highlighted, direction: highlight.direction(), hovered: state.hovered });
    },
    destroy: map.destroy,
  };
};
