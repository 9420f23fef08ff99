/**
 * Where the numbers of index contours stand: on the line, where it runs straight, upright, away from routes, marks and
 * the frame, and no two of one level close together.
 */

import { type Occupancy, type Spot, STAYS } from "../../marks/occupancy.ts";
import { type Box, boxAround } from "../../math/box.ts";
import { formatLevel } from "../../math/format.ts";

export type ContourLabel = Spot & {
  text: string;
  x: number;
  y: number;
  angle: number;
  width: number;
  level: number;
  parts: Box[];
};

/** One line on the screen. */
export type ScreenLine = { level: number; value: number; xs: Float32Array; ys: Float32Array };

const MOST_A_LEVEL = 3;
const STEP = 18;
const APART = 280;

/** @returns distance from the line's beginning */
function lengths(xs: Float32Array, ys: Float32Array): Float64Array {
  const along = new Float64Array(xs.length);
  for (let k = 1; k < xs.length; k++) along[k] = along[k - 1] + Math.hypot(xs[k] - xs[k - 1], ys[k] - ys[k - 1]);
  return along;
}

/** @returns the last vertex at or before s */
function vertexAt(along: Float64Array, s: number): number {
  let [low, high] = [0, along.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (along[middle] <= s) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Turned so that it reads from left to right. */
function upright(angle: number): number {
  if (angle > Math.PI / 2) return angle - Math.PI;
  return angle <= -Math.PI / 2 ? angle + Math.PI : angle;
}

/**
 * How far the line strays from the chord between two of its vertices.
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

/** What a label covers: boxes along it. */
function partsOf(x: number, y: number, angle: number, width: number, size: number): Box[] {
  const parts = Math.max(2, Math.round(width / size));
  return Array.from({ length: parts + 1 }, (_, k) => {
    const s = (k / parts - 0.5) * width;
    return boxAround(x + s * Math.cos(angle), y + s * Math.sin(angle), size * 0.7);
  });
}

/** What a label costs, in squares that are taken: for each pixel its line is bent, for each radian; and at the most. */
const [BENT, TURNED, MOST] = [0.5, 0.4, 4];

/**
 * @param width  of the text and the gap around it
 * @param size  of the type
 * @param kept  where labels stood before
 */
function spotsAlong(line: ScreenLine, text: string, width: number, size: number, kept: ContourLabel[]): ContourLabel[] {
  const along = lengths(line.xs, line.ys);
  const total = along[along.length - 1];
  const found: ContourLabel[] = [];
  for (let s = width; s < total - width; s += STEP) {
    const [a, b] = [vertexAt(along, s - width / 2), vertexAt(along, s + width / 2) + 1];
    const [x, y] = [(line.xs[a] + line.xs[b]) / 2, (line.ys[a] + line.ys[b]) / 2];
    const angle = upright(Math.atan2(line.ys[b] - line.ys[a], line.xs[b] - line.xs[a]));
    const curve = bend(line, a, b);
    if (curve > size * 0.45) continue;
    const stays = kept.some((other) => other.text === text && Math.hypot(other.x - x, other.y - y) < STEP);
    const cost = BENT * curve + TURNED * Math.abs(angle) - (stays ? STAYS : 0);
    const parts = partsOf(x, y, angle, width, size);
    found.push({ text, x, y, angle, width, level: line.level, box: boxAround(x, y, width / 2), parts, cost });
  }
  return found.sort((one, other) => one.cost - other.cost);
}

/**
 * @param lines  of the index levels
 * @param size  of the type, in pixels
 * @param room  takes up the labels placed
 * @param kept  where they stood before: they stay if they can
 */
export function placeLabels(
  lines: ScreenLine[],
  size: number,
  measure: (text: string) => number,
  room: Occupancy,
  kept: ContourLabel[],
): ContourLabel[] {
  const placed: ContourLabel[] = [];
  for (const line of [...lines].sort((a, b) => b.xs.length - a.xs.length)) {
    const text = formatLevel(line.value);
    const spots = spotsAlong(line, text, measure(text) + size * 0.9, size, kept);
    for (;;) {
      const label = room.place(
        spots.filter((spot) => fits(spot, placed)),
        MOST,
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
