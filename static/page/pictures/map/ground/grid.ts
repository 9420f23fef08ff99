/** Decides whether the ground in sight has to be sampled, or sampled more finely, and what to request. */

import type { Timers } from "../../../figure/lifetime.ts";
import { heightOf, type Levels } from "../../../math/levels.ts";
import { sameValue } from "../../../math/values.ts";
import type { Landscape, Scene, StillScene, Window } from "../../../state/types.ts";
import { type VisibleArea, windowOf } from "../visibleArea.ts";

/** Margin of a request on every side, as a share of the view, so that a drag shows contours at once. */
const PAD = 0.04;
/** The ground is sampled again once samples are so many times farther apart than needed. */
const COARSE = 1.7;
const QUIET = 120;

/** Samples along a side of a smooth ground, for which more would draw the same map. */
const FEW = 64;
/** Decades below which a ground is smooth; contours then err by less than a tenth of a pixel. */
const SMOOTH = 0.004;
/** A ground known as smooth over the domain counts so up to an area so many times as wide. */
const WIDE = 2;
/** Weights of the samples 1, 3 and 5 away on either side, half way between two (see service/painting/grid.ts). */
const WEIGHTS = [7 / 12, -3 / 32, 1 / 96];
const FARTHEST = 2 * WEIGHTS.length - 1;

/**
 * The largest distance, in decades, of a sample from the ground interpolated from every other sample of its row or
 * column.
 * @param ground  of the whole domain
 * @returns infinite where a part has no loss: the accuracy at its border is the distance of samples
 */
export function roughnessOf({ x, y, loss }: Landscape, levels: Levels): number {
  if (!y || !loss.every(Number.isFinite)) return Infinity;
  const height = heightOf(levels);
  const without = (k: number, step: number) =>
    height(
      WEIGHTS.reduce((sum, weight, n) => {
        const offset = (2 * n + 1) * step;
        return sum + weight * (loss[k - offset] + loss[k + offset]);
      }, 0),
    );
  let farthest = 0;
  for (let j = FARTHEST; j < y.length - FARTHEST; j++) {
    for (let i = FARTHEST; i < x.length - FARTHEST; i++) {
      const k = j * x.length + i;
      const at = height(loss[k]);
      farthest = Math.max(farthest, Math.abs(without(k, 1) - at), Math.abs(without(k, x.length) - at));
    }
  }
  return farthest;
}

/** @param roughness  of the domain @returns samples along each axis */
function resolutionFor(area: VisibleArea, ratio: number, domain: Window, roughness: number): number {
  const { box } = area;
  const near = windowOf(area).every(
    ([low, high], k) => !domain[k] || high - low <= WIDE * (domain[k][1] - domain[k][0]),
  );
  if (near && roughness < SMOOTH) return FEW;
  const pixels = Math.max(box.width, box.height) * Math.min(ratio, 2);
  return pixels > 500 ? 160 : 128;
}

/** @param profile  whether the problem has one parameter */
function wantedWindow(area: VisibleArea, profile: boolean): Window {
  const padded = windowOf(area).map(([low, high]) => {
    const pad = PAD * (high - low);
    return [low - pad, high + pad] as [number, number];
  });
  return profile ? [padded[0]] : padded;
}

function coversArea({ x, y }: Landscape, area: VisibleArea, resolution: number): boolean {
  const axis = (at: Float64Array, low: number, high: number) => {
    const slack = (high - low) * 1e-6;
    const spacing = (at[at.length - 1] - at[0]) / (at.length - 1);
    return at[0] <= low + slack && at[at.length - 1] >= high - slack && spacing < (COARSE * (high - low)) / resolution;
  };
  return axis(x, area.x0, area.x1) && (!y || axis(y, area.y0, area.y1));
}

/** @returns the request; null: the landscape suffices */
export function gridFor(
  { landscape, problem: { domain, parameters } }: Pick<Scene, "landscape" | "problem">,
  area: VisibleArea,
  ratio: number,
  roughness: number,
): { window: Window; resolution: number } | null {
  const resolution = resolutionFor(area, ratio, domain, roughness);
  if (landscape && coversArea(landscape, area, resolution)) return null;
  return { window: wantedWindow(area, parameters.length === 1), resolution };
}

export function createGridRequests(request: (window: Window, resolution: number) => void, { after, cancel }: Timers) {
  let judged: { levels: Levels | null; roughness: number } = { levels: null, roughness: Infinity };

  /** While levels are new, the landscape is the one of the whole domain from which they come. */
  function roughness({ levels, landscape }: StillScene): number {
    if (levels !== judged.levels)
      judged = { levels, roughness: levels && landscape ? roughnessOf(landscape, levels) : Infinity };
    return judged.roughness;
  }

  let requested: { domain: Window; window: Window } | null = null;
  let timer = 0;

  /** @returns whether the landscape suffices; if not, another is requested */
  return function isServed(scene: StillScene, area: VisibleArea, ratio: number): boolean {
    const { domain } = scene.problem;
    // The resolution depends on the roughness over the whole domain.
    if (!scene.landscape) return false;
    const grid = gridFor(scene, area, ratio, roughness(scene));
    const first = requested?.domain !== domain;
    if (grid && !first && sameValue(requested?.window, grid.window)) return false;
    requested = grid && { domain, window: grid.window };
    cancel(timer);
    if (grid) timer = after(() => request(grid.window, grid.resolution), first ? 0 : QUIET);
    return !grid;
  };
}
