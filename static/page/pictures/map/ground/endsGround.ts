/** The ground tinted by the minimum where each start ends, with few contours. */

import table from "../../../../../fallline/drawing/basins.json" with { type: "json" };
import { cornersOf, group, joinedLines, type Mark, path, rectangle } from "../../../marks/mark.ts";
import { coveringOf, DIVERGED, endLetter } from "../../../math/endLooks.ts";
import { memo } from "../../../memo.ts";
import type { Extent } from "../../../service/painting/grid.ts";
import type { ShadedImage } from "../../../service/painting/painting.ts";
import { packedColour } from "../../../service/painting/shade.ts";
import type { Ends, Scene } from "../../../state/types.ts";
import type { KnownMinimum } from "../mapAxes.ts";
import type { MapLayout } from "../moment.ts";
import type { MapLook } from "../style.ts";
import type { VisibleArea } from "../visibleArea.ts";
import type { PaintedGround } from "./background.ts";
import { atPlace, minimumWords } from "./minima.ts";
import { boxOf, contoursOf, type PlacedImage, placedImageOf, placedMark } from "./relief.ts";

/** Opacity of the veil over ground without starts. */
const VEIL = 0.6;

/** The letter of a minimum. */
const LETTER = { size: 17, weight: 700 };

/** @returns for each pixel the index of the start nearest to its middle */
const nearestOf = (at: number[], from: number, to: number, pixels: number): Int32Array =>
  Int32Array.from({ length: pixels }, (_, k) => {
    const value = from + ((to - from) * (k + 0.5)) / pixels;
    const share = (value - at[0]) / (at[at.length - 1] - at[0]);
    return Math.min(at.length - 1, Math.max(0, Math.round(share * (at.length - 1))));
  });

/** @param extent  of the picture @param ratio  pixels in a nominal pixel */
export function endsImage(
  { x, y, end }: Pick<Ends, "x" | "y" | "end">,
  extent: Extent,
  [width, height]: [number, number],
  theme: MapLook["theme"],
  ratio: number,
): ShadedImage {
  const pixels = new Uint32Array(width * height);
  const columns = nearestOf(x, extent.x0, extent.x1, width);
  const rows = y ? nearestOf(y, extent.y1, extent.y0, height) : new Int32Array(height);
  const coverings = Array.from({ length: Math.max(...end, 0) + 3 }, (_, k) => {
    const { plain, drawn, isDrawn } = coveringOf(k + DIVERGED, theme);
    return { plain: packedColour(plain), drawn: packedColour(drawn), isDrawn };
  });
  for (let j = 0; j < height; j++) {
    const row = rows[j] * x.length;
    const py = j / ratio;
    for (let i = 0; i < width; i++) {
      const { plain, drawn, isDrawn } = coverings[end[row + columns[i]] - DIVERGED];
      pixels[j * width + i] = isDrawn(i / ratio, py) ? drawn : plain;
    }
  }
  return { pixels: new Uint8ClampedArray(pixels.buffer), width, height, extent };
}

/** The extent of the starts; with one parameter, from top to bottom. */
function extentOf({ x, y }: Ends, area: VisibleArea): Extent {
  const [ys, { x0, x1, y0, y1 }] = [y ?? [area.y0, area.y1], area];
  return {
    x0: Math.max(x0, x[0]),
    x1: Math.min(x1, x[x.length - 1]),
    y0: Math.max(y0, ys[0]),
    y1: Math.min(y1, ys[ys.length - 1]),
  };
}

export function createEndsGround() {
  const image = memo((ends: Ends, area: VisibleArea, look: MapLook): PlacedImage | null => {
    const extent = extentOf(ends, area);
    const size = [(extent.x1 - extent.x0) * area.kx, (extent.y1 - extent.y0) * area.ky].map((pixels) =>
      Math.round(pixels * look.ratio),
    ) as [number, number];
    if (!(Math.min(...size) > 0)) return null;
    return placedImageOf(endsImage(ends, extent, size, look.theme, look.ratio * look.scale));
  });

  /** A veil over the ground without starts. */
  function veil({ area, look: { box } }: MapLayout, extent: Extent): Mark {
    const around = joinedLines([cornersOf(box), cornersOf(boxOf(area, extent))]);
    return path(around, { closed: true, holes: true, fill: "paper", fillOpacity: VEIL });
  }

  return {
    /** @returns the ground with its tints over it; null: no start is in sight */
    tinted(ground: PaintedGround, layout: MapLayout): { ground: PaintedGround; marks: Mark[] } | null {
      const { scene, area, look } = layout;
      const { ends, levels } = scene;
      const placed = ends && image(ends, area, look);
      if (!placed) return null;
      const { near, relief } = ground;
      const lines = relief && levels ? contoursOf(relief, area, levels, look.theme) : [];
      const contours = lines.flatMap(({ index, mark }): Mark[] =>
        index ? [{ ...mark, ...table.contour, stroke: "ink" }] : [],
      );
      const edge = rectangle(boxOf(area, placed.extent), { stroke: "ink", width: 1 });
      const marks = [veil(layout, placed.extent), placedMark(area, placed), group(contours), edge];
      return { ground: { ...ground, wide: near, near: placed }, marks };
    },
    /** @returns all minima where runs may end, with their letters */
    minima: ({ ends }: Pick<Scene, "ends">): KnownMinimum[] | undefined =>
      ends?.minima.map((minimum, index) => {
        const [at, loss] = [minimum.slice(0, -1), minimum[minimum.length - 1]];
        const letter = endLetter(index);
        const long = atPlace(`${letter}, ${minimumWords(loss)}`, at);
        return { x: at[0], y: ends.y ? at[1] : loss, loss, at, words: [letter, long, LETTER] };
      }),
  };
}

export type EndsGround = ReturnType<typeof createEndsGround>;
