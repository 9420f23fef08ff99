/** The printed ground: the shaded picture, and contours interrupted at their numbers, for the area in sight. */
import table from "../../../../../fallline/drawing/drawing.json" with { type: "json" };
import { widthOf } from "../../../marks/look.ts";
import {
  cornersOf,
  group,
  hatching,
  type Ink,
  imageMark,
  joinedLines,
  type LineMark,
  line,
  type Mark,
  type Place,
  path,
  rectangle,
  words,
} from "../../../marks/mark.ts";
import { type Occupancy, type Spot, STAYS } from "../../../marks/occupancy.ts";
import { screenX, screenY } from "../../../marks/scales.ts";
import { type Box, boxAround } from "../../../math/box.ts";
import { fromOklab, interpolated, toHex } from "../../../math/colour.ts";
import { formatLevel } from "../../../math/format.ts";
import { bandOf, type Levels } from "../../../math/levels.ts";
import { COLOURS, onTint, type ThemeName, tints } from "../../../math/palette.ts";
import type { Extent } from "../../../service/painting/grid.ts";
import type { Relief, ShadedImage } from "../../../service/painting/painting.ts";
import type { MapLook } from "../style.ts";
import type { VisibleArea } from "../visibleArea.ts";

export type ContourLabel = Spot & {
  text: string;
  x: number;
  y: number;
  angle: number;
  width: number;
  level: number;
  parts: Box[];
};

/** One contour line on the screen. */
type ScreenLine = { level: number; value: number; xs: Float32Array; ys: Float32Array };

const MOST_A_LEVEL = 3;
const STEP = 18;
const APART = 280;

/** @returns the distance of each vertex from the beginning of the line */
function lengths(xs: Float32Array, ys: Float32Array): Float64Array {
  const along = new Float64Array(xs.length);
  for (let k = 1; k < xs.length; k++) along[k] = along[k - 1] + Math.hypot(xs[k] - xs[k - 1], ys[k] - ys[k - 1]);
  return along;
}

/** @returns the last vertex at or before a distance s */
function vertexAt(along: Float64Array, s: number): number {
  let [low, high] = [0, along.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (along[middle] <= s) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Turns a text so that it reads from left to right. */
function upright(angle: number): number {
  if (angle > Math.PI / 2) return angle - Math.PI;
  return angle <= -Math.PI / 2 ? angle + Math.PI : angle;
}

/**
 * The largest distance of the line from the chord between two of its vertices.
 * @returns pixels
 */
function bend({ xs, ys }: ScreenLine, a: number, b: number): number {
  const [dx, dy] = [xs[b] - xs[a], ys[b] - ys[a]];
  const length = Math.hypot(dx, dy) || 1;
  let most = 0;
  for (let k = a + 1; k < b; k++) {
    most = Math.max(most, Math.abs((xs[k] - xs[a]) * dy - (ys[k] - ys[a]) * dx) / length);
  }
  return most;
}

/** The boxes that a label covers along its line. */
function partsOf(x: number, y: number, angle: number, width: number, size: number): Box[] {
  const parts = Math.max(2, Math.round(width / size));
  return Array.from({ length: parts + 1 }, (_, k) => {
    const s = (k / parts - 0.5) * width;
    return boxAround(x + s * Math.cos(angle), y + s * Math.sin(angle), size * 0.7);
  });
}

/** The cost of a label, in squares: for each pixel by which its line bends, for each radian; and the most allowed. */
const [BENT, TURNED, MOST_COST] = [0.5, 0.4, 4];

/**
 * @param width  of the text with its gap
 * @param size  of the type
 * @param previous  the places of labels before
 */
function spotsAlong(
  line: ScreenLine,
  text: string,
  width: number,
  size: number,
  previous: ContourLabel[],
): ContourLabel[] {
  const along = lengths(line.xs, line.ys);
  const total = along[along.length - 1];
  const spots: ContourLabel[] = [];
  for (let s = width; s < total - width; s += STEP) {
    const [a, b] = [vertexAt(along, s - width / 2), vertexAt(along, s + width / 2) + 1];
    const [x, y] = [(line.xs[a] + line.xs[b]) / 2, (line.ys[a] + line.ys[b]) / 2];
    const angle = upright(Math.atan2(line.ys[b] - line.ys[a], line.xs[b] - line.xs[a]));
    const curve = bend(line, a, b);
    if (curve > size * 0.45) continue;
    const stays = previous.some((other) => other.text === text && Math.hypot(other.x - x, other.y - y) < STEP);
    const cost = BENT * curve + TURNED * Math.abs(angle) - (stays ? STAYS : 0);
    const parts = partsOf(x, y, angle, width, size);
    spots.push({ text, x, y, angle, width, level: line.level, box: boxAround(x, y, width / 2), parts, cost });
  }
  return spots.sort((label, other) => label.cost - other.cost);
}

/**
 * @param lines  of the index levels
 * @param size  of the type, in pixels
 * @param space  receives the labels
 * @param previous  the places of labels before, where they stay if they can
 */
export function placeLabels(
  lines: ScreenLine[],
  size: number,
  measure: (text: string) => number,
  space: Occupancy,
  previous: ContourLabel[],
): ContourLabel[] {
  const placed: ContourLabel[] = [];
  for (const line of [...lines].sort((a, b) => b.xs.length - a.xs.length)) {
    const text = formatLevel(line.value);
    const spots = spotsAlong(line, text, measure(text) + size * 0.9, size, previous);
    for (;;) {
      const label = space.place(
        spots.filter((spot) => fits(spot, placed)),
        MOST_COST,
      );
      if (!label) break;
      placed.push(label);
    }
  }
  return placed;
}

function fits(label: ContourLabel, placed: ContourLabel[]): boolean {
  const same = placed.filter((other) => other.level === label.level);
  if (same.length >= MOST_A_LEVEL) return false;
  const clear = (other: ContourLabel, gap: number) => Math.hypot(other.x - label.x, other.y - label.y) > gap;
  return same.every((other) => clear(other, APART)) && placed.every((other) => clear(other, label.width));
}

/** A picture of the ground, and its extent. */
export type PlacedImage = { canvas: HTMLCanvasElement; extent: Extent };

export function placedImageOf({ pixels, width, height, extent }: ShadedImage): PlacedImage {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return { canvas, extent };
}

/** The box of an extent on the screen. */
export function boxOf(area: VisibleArea, { x0, x1, y0, y1 }: Extent): Box {
  const [left, top] = [screenX(area, x0), screenY(area, y1)];
  return { left, top, width: (x1 - x0) * area.kx, height: (y1 - y0) * area.ky };
}

export const placedMark = (area: VisibleArea, { canvas, extent }: PlacedImage) =>
  imageMark(boxOf(area, extent), canvas);

/** Bare paper; hatched where there are samples, to show where the loss is not finite. */
export function unsampledMarks(area: VisibleArea, { box, scale }: MapLook, sampled: Extent | null): Mark[] {
  const ground = rectangle(box, { fill: "paper" });
  if (!sampled) return [ground];
  const style = { stroke: "ink", width: 0.8, strokeOpacity: 0.16 } as const;
  return [ground, hatching(box, { ...style, spacing: 9 * scale, clip: boxOf(area, sampled) })];
}

/** The colours of lines and labels at a loss: the hue of the ground below them. */
function inks(levels: Levels, theme: ThemeName): (value: number) => { minor: Ink; index: Ink; label: Ink } {
  const ground = tints(theme, levels.values.length + 1);
  const { line } = COLOURS[theme].ground;
  return (value) => {
    const band = bandOf(levels, value);
    const tint = interpolated(ground[Math.max(0, band - 1)], ground[band], 0.5);
    const ink = (shift: number) => toHex(fromOklab(onTint(tint, shift))) as Ink;
    return { minor: ink(line.minor), index: ink(line.index), label: ink(line.label) };
  };
}

/** A level on the screen: all its lines as one mark, and each line alone. */
type ReliefContour = { index: boolean; label: Ink; mark: LineMark; lines: ScreenLine[] };

/** @param styles  of index contours and of the others */
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
    const levelLines: ScreenLine[] = [];
    // A vertex that is nowhere separates the lines.
    for (let n = 0; n + 1 < starts.length; n++) {
      const [from, to] = [starts[n], starts[n + 1]];
      for (let k = from; k < to; k++) {
        xs[k + n] = ax * points[2 * k] + left;
        ys[k + n] = ay * points[2 * k + 1] + top;
      }
      levelLines.push({ level: value, value, xs: xs.subarray(from + n, to + n), ys: ys.subarray(from + n, to + n) });
    }
    const ink = inkAt(value);
    const style = index ? styles.index : styles.minor;
    return {
      index,
      label: ink.label,
      mark: line(xs, ys, { ...style, stroke: index ? ink.index : ink.minor }),
      lines: levelLines,
    };
  });
}

/** The map without the boxes of labels. */
function besidesLabels(box: Box, labels: ContourLabel[], size: number): LineMark {
  const taken = labels.map(({ x, y, angle, width }) => {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return cornersOf(boxAround(0, 0, width / 2, size * 0.62)).map(
      ([u, v]): Place => [x + u * cos - v * sin, y + u * sin + v * cos],
    );
  });
  return path(joinedLines([cornersOf(box), ...taken]), { closed: true, holes: true });
}

/** The type of the numbers of contours. */
const NUMBER = { size: 12, weight: 600 };

/** @returns the contours, and the places of their numbers; @param previous  these places before */
export function reliefMarks(
  area: VisibleArea,
  look: MapLook,
  relief: Relief,
  levels: Levels,
  occupancy: Occupancy,
  previous: ContourLabel[],
): { marks: Mark[]; labels: ContourLabel[] } {
  const size = NUMBER.size * look.scale;
  const contours = contoursOf(relief, area, levels, look.theme);
  const numbered = contours.filter(({ index }) => index);
  const lines = numbered.flatMap((contour) => contour.lines);
  const labels = placeLabels(lines, size, (text) => widthOf(look, text, NUMBER), occupancy, previous);
  const inkOf = ({ level }: ContourLabel) => numbered.find((contour) => contour.lines[0]?.level === level)?.label;
  const marks = contours.map(({ mark }) => mark);
  const numbers = labels.map((label) =>
    words([label.x, label.y], label.text, { ...NUMBER, anchor: "middle", turn: label.angle, fill: inkOf(label) }),
  );
  return { labels, marks: [group(marks, { clip: besidesLabels(look.box, labels, size) }), ...numbers] };
}
