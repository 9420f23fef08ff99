/** Where a picture differs from the last one, so that only that is drawn again. */

import type { Box } from "../math/box.ts";
import { type Look, SIZE, widthOf } from "./look.ts";
import type { GroupMark, LineMark, Mark, Outline, Place, ShapeMark, WordsMark } from "./mark.ts";
import { pixelsOf, type Scales, screenX, screenY } from "./scales.ts";

type Edges = [left: number, top: number, right: number, bottom: number];

/** How far an outline reaches beyond its line, and one more for the pixels that it shares. */
const reach = ({ width = 1, casing }: Outline, scale: number) => (Math.max(width, casing?.width ?? 0) / 2) * scale + 1;

function ofLine(mark: LineMark, scales: Scales, { scale }: Look): Edges {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < mark.x.length; k++) {
    const [x, y] = [screenX(scales, mark.x[k]), screenY(scales, mark.y[k])];
    if (!Number.isFinite(x + y)) continue;
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  const room = reach(mark, scale);
  return [left - room, top - room, right + room, bottom + room];
}

const radii: Map<string, number> = new Map();

/** No point of a path is farther from the middle than the largest numbers in it. */
function radiusOf(path: string): number {
  const known = radii.get(path);
  if (known !== undefined) return known;
  const radius = Math.SQRT2 * Math.max(...(path.match(/-?\d+(\.\d+)?/g) ?? []).map((value) => Math.abs(Number(value))));
  radii.set(path, radius);
  return radius;
}

function ofShape(mark: ShapeMark, [x, y]: Place, { scale }: Look): Edges {
  const room = radiusOf(mark.path) * scale + reach(mark, scale);
  return [x - room, y - room, x + room, y + room];
}

function ofWords(mark: WordsMark, [x, y]: Place, look: Look): Edges {
  const { text, size = SIZE, anchor = "start", halo, turn } = mark;
  const [width, half] = [widthOf(look, text, mark), 0.75 * size * look.scale];
  const room = ((halo?.width ?? 0) / 2) * look.scale + 2;
  if (turn) return [x - width - room, y - width - room, x + width + room, y + width + room];
  const left = anchor === "start" ? x : anchor === "middle" ? x - width / 2 : x - width;
  return [left - room, y - half - room, left + width + room, y + half + room];
}

/** @returns in pixels; null: nothing is drawn of it */
export function boundsOf(mark: Mark, scales: Scales, look: Look): Box | null {
  if (mark.kind === "group") return groupBounds(mark, mark.scales ?? scales, mark.look ?? look);
  if (mark.kind === "raster") return null;
  const [left, top, right, bottom] =
    mark.kind === "line"
      ? ofLine(mark, scales, look)
      : mark.kind === "shape"
        ? ofShape(mark, pixelsOf(scales, mark, look.scale), look)
        : ofWords(mark, pixelsOf(scales, mark, look.scale), look);
  const shift = mark.kind === "line" && mark.shift ? mark.shift.map((value) => value * look.scale) : [0, 0];
  return right > left && bottom > top
    ? { left: left + shift[0], top: top + shift[1], width: right - left, height: bottom - top }
    : null;
}

function groupBounds({ marks, clip, shift: [dx, dy] = [0, 0] }: GroupMark, scales: Scales, look: Look): Box | null {
  const boxes = marks.map((mark) => boundsOf(mark, scales, look)).filter((box) => box !== null);
  if (!boxes.length) return null;
  let left = Math.min(...boxes.map((box) => box.left));
  let top = Math.min(...boxes.map((box) => box.top));
  let right = Math.max(...boxes.map((box) => box.left + box.width));
  let bottom = Math.max(...boxes.map((box) => box.top + box.height));
  if (clip && !("kind" in clip)) {
    [left, top] = [Math.max(left, clip.left), Math.max(top, clip.top)];
    [right, bottom] = [Math.min(right, clip.left + clip.width), Math.min(bottom, clip.top + clip.height)];
  }
  return { left: left + dx * look.scale, top: top + dy * look.scale, width: right - left, height: bottom - top };
}

/** Whether both are the same values, part by part. */
function areEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => areEqual(a[key as keyof typeof a], b[key as keyof typeof b]));
}

/** @returns in pixels; null: anywhere */
export function changedBoxes(before: Mark[], now: Mark[], scales: Scales, look: Look): Box[] | null {
  const found: Box[] = [];
  for (let k = 0; k < Math.max(before.length, now.length); k++) {
    const [old, fresh] = [before[k], now[k]];
    if (old === fresh) continue;
    if (fresh?.kind === "raster") {
      if (!fresh.changed) return null;
      found.push(...fresh.changed);
    } else if (old?.kind === "group" && fresh?.kind === "group" && isAlike(old, fresh)) {
      const boxes = changedBoxes(old.marks, fresh.marks, fresh.scales ?? scales, fresh.look ?? look);
      if (!boxes) return null;
      found.push(...boxes);
    } else if (!areEqual(old, fresh)) {
      for (const mark of [old, fresh]) {
        const box = mark && boundsOf(mark, scales, look);
        if (box) found.push(box);
      }
    }
  }
  return found;
}

/** But for the marks in them, which have not been moved. */
const isAlike = ({ marks: _, ...old }: GroupMark, { marks: __, ...fresh }: GroupMark) =>
  !old.shift && !fresh.shift && areEqual(old, fresh);
