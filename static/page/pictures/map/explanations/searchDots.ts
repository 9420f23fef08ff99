/** An exhaustive search on the ground: a dot for every point tried, and a ring around the lowest. */

import { dot, group, joinedLines, type LineMark, type Mark, NOWHERE, type Place, path } from "../../../marks/mark.ts";
import { screenPlace } from "../../../marks/scales.ts";
import { isInside } from "../../../math/box.ts";
import { memo } from "../../../memo.ts";
import { lowestOf, pointAt, triedUntil } from "../../../state/search.ts";
import type { Landscape } from "../../../state/types.ts";
import type { Layer } from "../moment.ts";
import type { MapLook } from "../style.ts";
import type { VisibleArea } from "../visibleArea.ts";

/** The size of a dot: a share of the distance to the next, and the least and most pixels. On a curve it is larger. */
const DOT = { ground: 0.17, curve: 0.38, least: 0.7, most: 2.8 };
/** The radius of the ring around the lowest, in pixels. */
const RING = 8;
/** Dots in one mark; a full mark does not change any more. */
const MANY = 256;

export function createSearchDots(): Layer {
  const searched = memo((grid: Landscape, area: VisibleArea, look: MapLook) => {
    const place = (index: number): Place => {
      const [x, y = grid.loss[index]] = pointAt(grid, index);
      return screenPlace(area, x, y);
    };
    const spacing = Math.min(
      ...[area.kx, area.ky]
        .map((k, axis) => Math.abs((grid.window[axis]?.[1] - grid.window[axis]?.[0]) * k) / 100)
        .filter(Number.isFinite),
    );
    const radius = Math.min(DOT.most, Math.max(DOT.least, (grid.y ? DOT.ground : DOT.curve) * spacing));
    const style = { stroke: "ink", strokeOpacity: grid.y ? 0.62 : 1, width: 2 * radius, round: true } as const;
    const isSeen = ([x, y]: Place) => isInside(look.box, x, y);
    const dots = (from: number, until: number) => {
      const places = Array.from({ length: until - from }, (_, k) => place(from + k));
      return path(joinedLines(places.filter(isSeen).map((at) => [at])), style);
    };
    const full: LineMark[] = [];
    return (tried: number): Mark[] => {
      const count = Math.floor(tried / MANY);
      while (full.length < count) full.push(dots(full.length * MANY, (full.length + 1) * MANY));
      const lowest = lowestOf(grid, tried);
      const at = lowest < 0 ? NOWHERE : place(lowest);
      const ring = dot(at, RING, { stroke: "ink", width: 2, casing: { stroke: "halo", width: 5 }, of: "lowest" });
      return [group([...full.slice(0, count), dots(count * MANY, tried)]), ...(isSeen(at) ? [ring] : [])];
    };
  });

  return {
    draw: ({ stillMap: { scene, area, look }, playhead: { step } }) => ({
      under: scene.search ? searched(scene.search, area, look)(triedUntil(scene, step)) : [],
    }),
  };
}
