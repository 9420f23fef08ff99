/**
 * The map of a problem of one parameter: the loss as a curve over it. Below the curve is a strip with the tint of each
 * loss, so that a colour is the same loss here as on a map.
 */

import {
  group,
  type Ink,
  joinedLines,
  type LineMark,
  type Mark,
  type Place,
  path,
  type RasterMark,
  rectangle,
} from "../../../marks/mark.ts";
import { screenPlace, valueX } from "../../../marks/scales.ts";
import { fromOklab, type Triple, toHex } from "../../../math/colour.ts";
import { bandOf, type Levels } from "../../../math/levels.ts";
import { COLOURS, onTint, tints } from "../../../math/palette.ts";
import type { Interval, Landscape } from "../../../state/types.ts";
import type { MapLook } from "../style.ts";
import type { VisibleArea } from "../visibleArea.ts";

/** Space above the curve, for the name of the axis, and below it, for the step: pixels, at most a share of the map. */
const ABOVE = { pixels: 34, share: 0.14 };
const BELOW = { pixels: 68, share: 0.24 };

/**
 * @param range  of the parameter in sight
 * @param pixels  nominal height of the map
 * @returns the range of losses in sight
 */
export function lossRange(landscape: Landscape | null, [x0, x1]: Interval, pixels: number): Interval {
  if (!landscape) return [0, 1];
  const inside = landscape.loss.filter((_, k) => landscape.x[k] >= x0 && landscape.x[k] <= x1);
  const inSight = [lossAt(landscape, x0), ...inside, lossAt(landscape, x1)].filter(Number.isFinite);
  if (!inSight.length) return [0, 1];
  const [low, high] = inSight.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  const height = high - low || Math.abs(low) || 1;
  const [above, below] = [ABOVE, BELOW].map((space) => Math.min(space.share, space.pixels / pixels));
  const whole = height / (1 - above - below);
  return [low - below * whole, high + above * whole];
}

/** @returns the loss, interpolated between samples; NaN outside of them */
export function lossAt({ x: xs, loss }: Landscape, x: number): number {
  const place = ((x - xs[0]) / (xs[xs.length - 1] - xs[0])) * (xs.length - 1);
  const k = Math.min(xs.length - 2, Math.floor(place));
  if (!(place >= 0) || place > xs.length - 1) return NaN;
  return loss[k] + (loss[k + 1] - loss[k]) * (place - k);
}

/** Stretches of the curve without gaps. @returns places on the screen */
export function unbrokenParts({ x, loss }: Landscape, area: VisibleArea): Place[][] {
  const pieces: Place[][] = [[]];
  for (let k = 0; k < x.length; k++) {
    if (Number.isFinite(loss[k])) pieces[pieces.length - 1].push(screenPlace(area, x[k], loss[k]));
    else if (pieces[pieces.length - 1].length) pieces.push([]);
  }
  return pieces.filter(({ length }) => length);
}

export function profileMarks(area: VisibleArea, look: MapLook, landscape: Landscape, levels: Levels): Mark[] {
  const curves = unbrokenParts(landscape, area);
  return [
    group([...columns(area, look, landscape, levels), fade(area, look)], { clip: section(curves, area) }),
    path(joinedLines(curves), { stroke: "ink", width: 1.6 }),
  ];
}

/** The area below the curve. */
function section(curves: Place[][], { box }: VisibleArea): LineMark {
  const bottom = box.top + box.height;
  const parts = curves.map((places): Place[] => [
    [places[0][0], bottom],
    ...places.map(([x, y]): Place => [x, Math.max(y, box.top - 10)]),
    [places[places.length - 1][0], bottom],
  ]);
  return path(joinedLines(parts), { closed: true });
}

/** The tint at each parameter value, as on the map, and a line where it changes. */
function columns(area: VisibleArea, look: MapLook, landscape: Landscape, levels: Levels): Mark[] {
  const { top, left, width, height } = area.box;
  const ground = tints(look.theme, levels.values.length + 1);
  const { line } = COLOURS[look.theme].ground;
  const marks: Mark[] = [];
  const fill = (from: number, wide: number, tint: Triple) =>
    marks.push(rectangle({ left: from, top, width: wide, height }, { fill: toHex(fromOklab(tint)) as Ink }));
  let [from, band] = [left, bandOf(levels, lossAt(landscape, valueX(area, left)))];
  for (let px = left; px <= left + width; px++) {
    const next = bandOf(levels, lossAt(landscape, valueX(area, px)));
    if (next === band) continue;
    fill(from, px - from + 1, ground[band]);
    fill(px, 0.65 * look.scale, onTint(ground[Math.max(band, next)], line.minor));
    [from, band] = [px, next];
  }
  fill(from, left + width - from, ground[band]);
  return marks;
}

/** Fades the strip towards the foot, so that the curve stands out. */
const fade = ({ box: { left, top, width, height } }: VisibleArea, { colours: { paper } }: MapLook): RasterMark => ({
  kind: "raster",
  changed: null,
  draw(context) {
    const depth = context.createLinearGradient(0, top, 0, top + height);
    depth.addColorStop(0, `${paper}00`);
    depth.addColorStop(0.5, `${paper}10`);
    depth.addColorStop(1, `${paper}88`);
    context.fillStyle = depth;
    context.fillRect(left, top, width, height);
  },
});
