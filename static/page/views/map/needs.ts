/** When the ground in sight has not been sampled, or too coarsely, and what to ask for. */
import { windowOf } from "./visibleArea.ts";
import type { VisibleArea } from "./visibleArea.ts";
import type { Landscape, Scene, Window } from "../../state/types.ts";

/** Asked for beyond the frame on every side, as a share of the view, so that contours run off it and a drag shows some. */
const PAD = 0.04;
/** Samples may lie this many times further apart than those asked for before the ground is sampled again. */
const COARSE = 1.7;
const QUIET = 120;

/** @returns samples along each axis */
export function resolutionFor({ box }: VisibleArea, ratio: number): number {
  const pixels = Math.max(box.width, box.height) * Math.min(ratio, 2);
  return pixels > 500 ? 160 : 128;
}

/** @param profile  one parameter */
export function wantedWindow(area: VisibleArea, profile: boolean): Window {
  const padded = windowOf(area).map(([low, high]) => {
    const pad = PAD * (high - low);
    return [low - pad, high + pad] as [number, number];
  });
  return profile ? [padded[0]] : padded;
}

export function serves({ x, y }: Landscape, area: VisibleArea, resolution: number): boolean {
  const axis = (at: Float64Array, low: number, high: number) => {
    const slack = (high - low) * 1e-6;
    const apart = (at[at.length - 1] - at[0]) / (at.length - 1);
    return at[0] <= low + slack && at[at.length - 1] >= high - slack && apart < (COARSE * (high - low)) / resolution;
  };
  return axis(x, area.x0, area.x1) && (!y || axis(y, area.y0, area.y1));
}

export function createNeeds(ask: (window: Window, resolution: number) => void) {
  let asked: { domain: Window; window: Window } | null = null;
  let timer = 0;
  return {
    /** @returns whether there is no need */
    check(scene: Scene, area: VisibleArea, ratio: number): boolean {
      const resolution = resolutionFor(area, ratio);
      const { landscape, problem: { domain, parameters } } = scene;
      if (landscape && serves(landscape, area, resolution)) {
        asked = null;
        clearTimeout(timer);
        return true;
      }
      const window = wantedWindow(area, parameters.length === 1);
      if (asked && asked.domain === domain && String(asked.window) === String(window)) return false;
      const first = !landscape || asked?.domain !== domain;
      asked = { domain, window };
      clearTimeout(timer);
      timer = self.setTimeout(() => ask(window, resolution), first ? 0 : QUIET);
      return false;
    },
    destroy: () => clearTimeout(timer),
  };
}
