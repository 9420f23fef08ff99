/** What is under the pointer. */

import type { Look } from "./look.ts";
import type { LineMark, Mark, ShapeMark } from "./mark.ts";
import { PIXELS, pixelsOf, type Scales, verticesOf } from "./scales.ts";

/** The distance of a point from a segment, and the nearest place on that, as a share of the way from its first end. */
export function toSegment(x0: number, y0: number, x1: number, y1: number, x: number, y: number) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = dx * dx + dy * dy;
  const share = square ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / square)) : 0;
  return { distance: Math.hypot(x0 + share * dx - x, y0 + share * dy - y), share };
}

/** The corners of a shape of straight lines, on the screen. */
function shapeVertices(mark: ShapeMark, scales: Scales, { scale }: Look): [number, number][] {
  const [x, y] = pixelsOf(scales, mark, scale);
  const { turn = 0, path } = mark;
  const [cos, sin] = [scale * Math.cos(turn), scale * Math.sin(turn)];
  const numbers = (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
  return Array.from({ length: numbers.length / 2 }, (_, k) => {
    const [u, v] = [numbers[2 * k], numbers[2 * k + 1]];
    return [x + u * cos - v * sin, y + u * sin + v * cos];
  });
}

function awayFrom(mark: LineMark | ShapeMark, scales: Scales, look: Look, x: number, y: number): number {
  const corners = mark.kind === "line" ? verticesOf(scales, mark.x, mark.y) : shapeVertices(mark, scales, look);
  const distances = corners.slice(1).map((corner, k) => toSegment(...corners[k], ...corner, x, y).distance);
  return Math.min(...distances.filter(Number.isFinite));
}

/**
 * The `of` of the topmost line or straight shape near a point of the screen.
 * @param wantedNames  of these
 * @returns null: none of them is that near
 */
export function shownAt<T extends string>(
  marks: Mark[],
  { look, scales = PIXELS }: { look: Look; scales?: Scales },
  [x, y]: readonly [number, number],
  reach: number,
  wantedNames: readonly T[],
): T | null {
  for (const mark of [...marks].reverse()) {
    if (mark.kind === "group") {
      const within = { look: mark.look ?? look, scales: mark.scales ?? scales };
      const hit = shownAt(mark.marks, within, [x, y], reach, wantedNames);
      if (hit) return hit;
    } else if (mark.kind === "line" || mark.kind === "shape") {
      const name = wantedNames.find((candidate) => candidate === mark.of);
      if (name && awayFrom(mark, scales, look, x, y) < reach) return name;
    }
  }
  return null;
}
