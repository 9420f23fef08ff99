/** The printed ground: shaded picture, contours cut for their numbers, drawn for whatever is in sight. */

import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { widthOf } from "../../marks/look.ts";
import {
  cornersOf,
  group,
  hatched,
  type Ink,
  type LineMark,
  line,
  type Mark,
  type Place,
  parted,
  path,
  type RasterMark,
  rectangle,
  words,
} from "../../marks/mark.ts";
import type { Occupancy } from "../../marks/occupancy.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { type Box, boxAround } from "../../math/box.ts";
import { fromOklab, mix, toHex } from "../../math/colour.ts";
import { bandOf, type Levels } from "../../math/levels.ts";
import { COLOURS, onTint, type ThemeName, tints } from "../../math/palette.ts";
import type { Extent } from "../../service/painting/grid.ts";
import type { Relief, ShadedImage } from "../../service/painting/painting.ts";
import { type ContourLabel, placeLabels, type ScreenLine } from "./labels.ts";
import type { MapLook } from "./style.ts";
import type { VisibleArea } from "./visibleArea.ts";

/** A picture of the ground, ready to be drawn. */
export type PlacedImage = { canvas: HTMLCanvasElement; extent: Extent };

export function placedImageOf({ pixels, width, height, extent }: ShadedImage): PlacedImage {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return { canvas, extent };
}

/** Where an extent lies on the screen. */
export function boxOf(area: VisibleArea, { x0, x1, y0, y1 }: Extent): Box {
  const [left, top] = [screenX(area, x0), screenY(area, y1)];
  return { left, top, width: (x1 - x0) * area.kx, height: (y1 - y0) * area.ky };
}

export const imageMark = (area: VisibleArea, { canvas, extent }: PlacedImage): RasterMark => ({
  kind: "raster",
  changed: null,
  draw(context) {
    const { left, top, width, height } = boxOf(area, extent);
    context.imageSmoothingQuality = "high";
    context.drawImage(canvas, left, top, width, height);
  },
});

/**
 * Bare paper; hatched where there are samples, so that it shows where the loss is not finite, as maps mark what could
 * not be painted.
 */
export function unsampledMarks(area: VisibleArea, { box, scale }: MapLook, sampled: Extent | null): Mark[] {
  const ground = rectangle(box, { fill: "paper" });
  if (!sampled) return [ground];
  const style = { stroke: "ink", width: 0.8, strokeOpacity: 0.16 } as const;
  return [ground, hatched(box, { ...style, apart: 9 * scale, clip: boxOf(area, sampled) })];
}

/** The colours of lines and labels at a loss: the hue of the ground they run on. */
function inks(levels: Levels, theme: ThemeName): (value: number) => { minor: Ink; index: Ink; label: Ink } {
  const ground = tints(theme, levels.values.length + 1);
  const { line } = COLOURS[theme].ground;
  return (value) => {
    const band = bandOf(levels, value);
    const tint = mix(ground[Math.max(0, band - 1)], ground[band], 0.5);
    const ink = (shift: number) => toHex(fromOklab(onTint(tint, shift))) as Ink;
    return { minor: ink(line.minor), index: ink(line.index), label: ink(line.label) };
  };
}

/** A level on the screen: all of its lines as one mark, and each by itself. */
type ReliefContour = { index: boolean; label: Ink; mark: LineMark; lines: ScreenLine[] };

/** @param styles  of index contours and of those between */
export function contoursOf(
  { columns, rows, extent, lines }: Relief,
  area: VisibleArea,
  levels: Levels,
  theme: ThemeName,
  styles: Record<"index" | "minor", { width: number; opacity?: number }> = table.contours,
): ReliefContour[] {
  const { left, top, width, height } = boxOf(area, extent);
  const [ax, ay] = [width / (columns - 1), height / (rows - 1)];
  const inkAt = inks(levels, theme);
  return lines.map(({ value, index, points, starts }) => {
    const [xs, ys] = [0, 1].map(() => new Float32Array(points.length / 2 + starts.length).fill(Number.NaN));
    const own: ScreenLine[] = [];
    // A place without a value parts each from the next.
    for (let n = 0; n + 1 < starts.length; n++) {
      const [from, to] = [starts[n], starts[n + 1]];
      for (let k = from; k < to; k++) {
        xs[k + n] = ax * points[2 * k] + left;
        ys[k + n] = ay * points[2 * k + 1] + top;
      }
      own.push({ level: value, value, xs: xs.subarray(from + n, to + n), ys: ys.subarray(from + n, to + n) });
    }
    const ink = inkAt(value);
    const style = index ? styles.index : styles.minor;
    return {
      index,
      label: ink.label,
      mark: line(xs, ys, { ...style, stroke: index ? ink.index : ink.minor }),
      lines: own,
    };
  });
}

/** All of the map but what the labels take. */
function besidesLabels(box: Box, labels: ContourLabel[], size: number): LineMark {
  const taken = labels.map(({ x, y, angle, width }) => {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return cornersOf(boxAround(0, 0, width / 2, size * 0.62)).map(
      ([u, v]): Place => [x + u * cos - v * sin, y + u * sin + v * cos],
    );
  });
  return path(parted([cornersOf(box), ...taken]), { closed: true, holes: true });
}

/** Of the numbers of contours. */
const NUMBER = { size: 12, weight: 600 };

/** @returns the contours, and where their numbers stand; @param kept  where these stood */
export function reliefMarks(
  area: VisibleArea,
  look: MapLook,
  relief: Relief,
  levels: Levels,
  occupancy: Occupancy,
  kept: ContourLabel[],
): { marks: Mark[]; labels: ContourLabel[] } {
  const size = NUMBER.size * look.scale;
  const contours = contoursOf(relief, area, levels, look.theme);
  const numbered = contours.filter(({ index }) => index);
  const lines = numbered.flatMap((contour) => contour.lines);
  const labels = placeLabels(lines, size, (text) => widthOf(look, text, NUMBER), occupancy, kept);
  const inkOf = ({ level }: ContourLabel) => numbered.find((contour) => contour.lines[0]?.level === level)?.label;
  const marks = contours.map(({ mark }) => mark);
  const numbers = labels.map((label) =>
    words([label.x, label.y], label.text, { ...NUMBER, anchor: "middle", turn: label.angle, fill: inkOf(label) }),
  );
  return { labels, marks: [group(marks, { clip: besidesLabels(look.box, labels, size) }), ...numbers] };
}
