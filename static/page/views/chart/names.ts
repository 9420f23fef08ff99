/** Where the name of a run stands at the end of its line: off every line and every other name, or in a list of all. */

import { type Look, widthOf } from "../../marks/look.ts";
import type { Occupancy } from "../../marks/occupancy.ts";
import { moveApart } from "../../math/apart.ts";
import { type Box, overlap } from "../../math/box.ts";

/** of a line, with the width of its name */
type LineEnd = { x: number; y: number; width: number };
/** x of its left edge, y of its middle; marked: its marker stands before it */
export type NameLabel = { x: number; y: number; width: number; marked: boolean };

/** Squares of lines that a name may touch: more would strike it out. */
const TOUCHED = 2;
/** Nominal pixels from the end of a line to its name, and that a marker takes before a name. */
const GAP = 9;
export const MARKER = 13;

/** Without the words that all of them begin with. */
export function withoutCommonWords(names: string[]) {
  const words = names.map((name) => name.split(" "));
  let common = 0;
  while (names.length > 1 && words.every((parts) => parts.length > common + 1 && parts[common] === words[0][common]))
    common++;
  return words.map((parts) => parts.slice(common).join(" "));
}

/** Without what is added in brackets, where they are still told apart. */
function withoutBrackets(names: string[]) {
  const bare = names.map((name) => name.replace(/ \([^)]*\)/, ""));
  return new Set(bare).size === new Set(names).size ? bare : names;
}

/** Names for the lines: as they stand elsewhere where there is room for that, else as short as tells them apart. */
export const shortened = (names: string[], fits: (name: string) => boolean = () => false): string[] =>
  names.every(fits) ? names : withoutBrackets(withoutCommonWords(names));

/** @param most  pixels @returns as much of it as fits */
export function cut(look: Look, name: string, most: number, type: { size: number; weight?: number }): string {
  let length = name.length;
  while (length > 1 && widthOf(look, name.slice(0, length), type) > most) length--;
  return length < name.length ? `${name.slice(0, length).trimEnd()}…` : name;
}

/** Places around an end, the best first: to the right of it, then above or below, then to the left. */
function places(width: number, scale: number): [number, number][] {
  const heights = [0, -8, 8, -16, 16, -24, 24, -32, 32, -40, 40, -48, 48, -64, 64].map((dy) => dy * scale);
  const beside = (dx: number) => (dy: number) => [dx, dy] as [number, number];
  return [
    ...heights.map(beside(GAP * scale)),
    ...heights.slice(3).map(beside(-width / 2)),
    ...heights.map(beside(-width - GAP * scale)),
  ];
}

const boxOf = ({ x, y, width }: NameLabel, half: number): Box => ({
  left: x,
  top: y - half,
  width,
  height: 2 * half,
});

const isWithin = ({ left, top, width, height }: Box, room: Box) =>
  left >= room.left &&
  left + width <= room.left + room.width &&
  top >= room.top &&
  top + height <= room.top + room.height;

/** Whether other lines end where this one does, so that a name beside it might be that of any. */
const isShared = (ends: LineEnd[], index: number, scale: number) =>
  ends.some(({ x, y }, k) => k !== index && Math.hypot(x - ends[index].x, y - ends[index].y) < 8 * scale);

/**
 * Whether each name reads as that of its own line: the names are ordered as the ends are, and each is nearest to its
 * own end.
 */
export function areTold(ends: LineEnd[], labels: (NameLabel | null)[]): boolean {
  return labels.every(
    (label, k) =>
      !label ||
      ends.every((end, other) => {
        if (other === k) return true;
        const beside = labels[other];
        const turned =
          beside &&
          label.x < beside.x + beside.width &&
          beside.x < label.x + label.width &&
          (label.y - beside.y) * (ends[k].y - end.y) < 0;
        return !turned && (label.marked || Math.abs(label.y - ends[k].y) <= Math.abs(label.y - end.y));
      }),
  );
}

/**
 * @param occupancy  of the lines
 * @param room  that the names must stay within
 * @param half  of the height of a name
 * @param scale  of type
 * @returns in the order of the ends; null: it has no place
 */
export function placeNames(
  ends: LineEnd[],
  occupancy: Occupancy,
  room: Box,
  half: number,
  scale: number = 1,
): (NameLabel | null)[] {
  const placed: Box[] = [];
  return ends.map(({ x, y, width }, index) => {
    const shared = isShared(ends, index, scale);
    const labels = places(width + MARKER * scale, scale).map(([dx, dy]) => {
      const marked = shared || dx < 0 || Math.abs(dy) > 8 * scale;
      return { x: x + dx, y: y + dy, width: width + (marked ? MARKER * scale : 0), marked };
    });
    const found = labels
      .map((label, rank) => ({ label, rank, box: boxOf(label, half) }))
      .filter(({ box }) => isWithin(box, room) && !placed.some((other) => overlap(other, box)))
      .map((each) => ({ ...each, cells: occupancy.crowd(each.box) }))
      .filter(({ cells }) => cells <= TOUCHED);
    if (!found.length) return null;
    const { label, box } = found.reduce((one, other) =>
      other.cells + other.rank * 0.4 < one.cells + one.rank * 0.4 ? other : one,
    );
    placed.push(box);
    return label;
  });
}

/**
 * One name under the other, in the order of the ends.
 * @param gap  pixels from one to the next, less where there is no room for it
 * @returns their heights, and the gap there is
 */
export function listNames(
  ends: { y: number }[],
  gap: number,
  top: number,
  bottom: number,
): { at: number[]; gap: number } {
  const labels = ends.map(({ y }) => ({ y }));
  const room = Math.min(gap, (bottom - top) / Math.max(1, ends.length - 1));
  moveApart(labels, room, top, bottom);
  return { at: labels.map(({ y }) => y), gap: room };
}
