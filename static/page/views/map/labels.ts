/**
 * Where the numbers of index contours stand: on the line, where it runs straight, upright, away from routes, marks and
 * the frame, and no two of one level close together.
 */

import type { Line, Occupancy } from "../../marks/occupancy.ts";
import { formatLevel } from "../../math/format.ts";

export type ContourLabel = { text: string; x: number; y: number; angle: number; width: number; level: number };

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

/** How much is in the way along the label. */
function crowd({ x, y, angle, width }: ContourLabel, size: number, occupancy: Occupancy): number {
  let count = 0;
  const parts = Math.max(2, Math.round(width / size));
  for (let k = 0; k <= parts; k++) {
    const s = (k / parts - 0.5) * width;
    const [cx, cy] = [x + s * Math.cos(angle), y + s * Math.sin(angle)];
    count += occupancy.crowd({ left: cx - size * 0.7, top: cy - size * 0.7, width: size * 1.4, height: size * 1.4 });
  }
  return count;
}

/**
 * @param width  of the text and the gap around it
 * @param size  of the type
 */
function candidates(
  line: ScreenLine,
  text: string,
  width: number,
  size: number,
  occupancy: Occupancy,
): { label: ContourLabel; cost: number }[] {
  const along = lengths(line.xs, line.ys);
  const total = along[along.length - 1];
  const found = [];
  for (let s = width; s < total - width; s += STEP) {
    const [a, b] = [vertexAt(along, s - width / 2), vertexAt(along, s + width / 2) + 1];
    const [x, y] = [(line.xs[a] + line.xs[b]) / 2, (line.ys[a] + line.ys[b]) / 2];
    const angle = upright(Math.atan2(line.ys[b] - line.ys[a], line.xs[b] - line.xs[a]));
    const curve = bend(line, a, b);
    if (curve > size * 0.45) continue;
    const label = { text, x, y, angle, width, level: line.level };
    const crowded = crowd(label, size, occupancy);
    if (crowded < 3) found.push({ label, cost: 4 * curve + 3 * Math.abs(angle) + 8 * crowded });
  }
  return found;
}

/**
 * @param lines  of the index levels
 * @param size  of the type, in pixels
 * @param occupancy  takes up the labels placed
 * @param kept  where they stood before: they stay if they can
 */
export function placeLabels(
  lines: ScreenLine[],
  size: number,
  measure: (text: string) => number,
  occupancy: Occupancy,
  kept: ContourLabel[],
): ContourLabel[] {
  const placed: ContourLabel[] = [];
  const byLength = [...lines].sort((a, b) => b.xs.length - a.xs.length);
  for (const line of byLength) {
    const text = formatLevel(line.value);
    const options = candidates(line, text, measure(text) + size * 0.9, size, occupancy);
    for (const option of options) option.cost -= stays(option.label, kept) ? 12 : 0;
    options.sort((a, b) => a.cost - b.cost);
    for (const { label } of options) {
      if (!fits(label, placed)) continue;
      placed.push(label);
      occupancy.markSegment(...labelLine(label));
    }
  }
  return placed;
}

function stays(label: ContourLabel, kept: ContourLabel[]) {
  return kept.some((other) => other.text === label.text && Math.hypot(other.x - label.x, other.y - label.y) < STEP);
}

function fits(label: ContourLabel, placed: ContourLabel[]): boolean {
  const same = placed.filter((other) => other.level === label.level);
  if (same.length >= MOST_A_LEVEL) return false;
  const clear = (other: ContourLabel, gap: number) => Math.hypot(other.x - label.x, other.y - label.y) > gap;
  return same.every((other) => clear(other, APART)) && placed.every((other) => clear(other, label.width));
}

/** Along which it stands. */
export function labelLine({ x, y, angle, width }: ContourLabel): Line {
  const [dx, dy] = [(width / 2) * Math.cos(angle), (width / 2) * Math.sin(angle)];
  return [x - dx, y - dy, x + dx, y + dy];
}
