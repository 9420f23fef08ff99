/**
 * An exhaustive search on the ground: a dot for every value that has been tried, and the lowest of them. On canvases of
 * its own between ground and routes, as dots are only ever added while it plays.
 */

import { createLayer } from "../../canvasLayer.ts";
import { draw as drawMark } from "../../marks/canvas.ts";
import { dot } from "../../marks/mark.ts";
import { PIXELS, screenX, screenY } from "../../marks/scales.ts";
import { inside } from "../../math/box.ts";
import { memo } from "../../reads.ts";
import { lowestOf, pointAt, triedBy } from "../../state/search.ts";
import type { Landscape } from "../../state/types.ts";
import type { MapDrawing } from "./index.ts";
import type { MapLook } from "./look.ts";

/** Pixels of a dot: a share of the way to the next, the least and the most. Larger on a curve, to stand out from it. */
const DOT = { ground: 0.17, curve: 0.38, least: 0.7, most: 2.8 };
/** Pixels of the ring around the lowest. */
const RING = 8;

/** @param ground  the canvas below it */
export function createSearchDots(ground: HTMLCanvasElement) {
  const shell = document.createDocumentFragment();
  const [dots, mark] = [createLayer(shell, "map-layer"), createLayer(shell, "map-layer")];
  ground.after(shell);
  let drawn = 0;

  /** All that makes dots of an earlier frame wrong. */
  const placesOf = memo(({ grid, area, look }: { grid: Landscape; area: MapDrawing["area"]; look: MapLook }) => {
    const place = (index: number): [number, number] => {
      const [x, y = grid.loss[index]] = pointAt(grid, index);
      return [screenX(area, x), screenY(area, y)];
    };
    const apart = Math.min(
      ...[area.kx, area.ky]
        .map((k, axis) => Math.abs((grid.window[axis]?.[1] - grid.window[axis]?.[0]) * k) / 100)
        .filter(Number.isFinite),
    );
    const radius = Math.min(DOT.most, Math.max(DOT.least, (grid.y ? DOT.ground : DOT.curve) * apart)) * look.scale;
    dots.fit(look.width, look.height);
    dots.clear();
    drawn = 0;
    return { place, radius };
  });

  function clear() {
    dots.clear();
    mark.clear();
    drawn = 0;
  }

  function addDots(
    { scene, look: { box, colours } }: MapDrawing,
    { place, radius }: ReturnType<typeof placesOf>,
    until: number,
  ) {
    const { context } = dots;
    context.fillStyle = colours.ink;
    context.globalAlpha = scene.search?.y ? 0.62 : 1;
    context.beginPath();
    for (; drawn < until; drawn++) {
      const [x, y] = place(drawn);
      if (!inside(box, x, y)) continue;
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fill();
  }

  function ringLowest({ look }: MapDrawing, grid: Landscape, { place }: ReturnType<typeof placesOf>, tried: number) {
    mark.fit(look.width, look.height);
    mark.clear();
    const index = lowestOf(grid, tried);
    const [x, y] = index < 0 ? [NaN, NaN] : place(index);
    if (!inside(look.box, x, y)) return;
    const ring = dot([x, y], RING, { stroke: "ink", width: 2, casing: { stroke: "halo", width: 5 } });
    drawMark({ context: mark.context, scales: PIXELS, look }, ring);
  }

  return {
    draw(drawing: MapDrawing) {
      const {
        scene,
        area,
        look,
        playhead: { step },
      } = drawing;
      const grid = scene.search;
      if (!grid) return clear();
      const places = placesOf({ grid, area, look });
      const tried = triedBy(scene, step);
      if (tried < drawn) {
        dots.clear();
        drawn = 0;
      }
      addDots(drawing, places, tried);
      ringLowest(drawing, grid, places, tried);
    },
  };
}
