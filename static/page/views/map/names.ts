/**
 * The names of runs at their heads. Heads at one place would lie on each other: they stand beside it, small, each with
 * its name. Where a name stands depends on the row alone, so that walking there and jumping there draw the same.
 */

import { type GroupMark, group, type Mark } from "../../marks/mark.ts";
import type { Occupancy } from "../../marks/occupancy.ts";
import { bestSpot, leader, type Spot, STAYS } from "../../marks/spots.ts";
import { type Box, boxAround, clippedSegment, movedInto, overlap } from "../../math/box.ts";
import type { Head } from "./heads.ts";
import { headMark, label, leaderMark } from "./style.ts";

/** Names in a box, beside the head of the first of them; spot: which of the places around it. */
export type Tag = { heads: Head[]; box: Box; spot: number; led: boolean };

/** Heads so near to each other, in pixels, are at one place. */
const NEAR = 9;
const GAP = 13;
/** Of a marker beside its name: its radius, and the room it takes. */
const SMALL = 4.4;
const MARKER = 16;
/** What a place costs, in squares that are taken: for covering other words, words that may go, or crossed leaders. */
const COVERED = 40;
const SPARED = 12;
const CROSSED = 20;

/** @returns each around its first */
export function gatheredHeads<T extends { x: number; y: number }>(places: T[], near: number): T[][] {
  const groups: T[][] = [];
  for (const place of places) {
    const group = groups.find(([first]) => Math.hypot(first.x - place.x, first.y - place.y) < near);
    if (group) group.push(place);
    else groups.push([place]);
  }
  return groups;
}

/** Room beside names that share a box, for the line along them. */
const ALONG = 5;

/** @returns its box, with the line along several names */
export const coveredBy = ({ heads, box }: Pick<Tag, "heads" | "box">, scale: number): Box =>
  heads.length < 2 ? box : { ...box, left: box.left - ALONG * scale, width: box.width + 2 * ALONG * scale };

/** Whether the heads of a tag are drawn beside their names: they cover each other, or would cover the start. */
const marked = (heads: Head[]) => heads.length > 1 || heads[0].atStart;

/** On the wall names are read from the back of a room. */
const sizeOf = (scale: number): number => (scale > 1 ? 16 : 13);
const rowOf = (scale: number): number => (sizeOf(scale) + 4) * scale;
export const nameType = (scale: number) => ({ size: sizeOf(scale), weight: 600 });

const count = (boxes: Box[], box: Box): number => boxes.filter((other) => overlap(other, box)).length;

type Line = [number, number, number, number];

const cuts = (box: Box, line: Line) => clippedSegment(box, ...line) !== null;

function cross([ax, ay, bx, by]: Line, [cx, cy, dx, dy]: Line): boolean {
  const side = (px: number, py: number, qx: number, qy: number, x: number, y: number) =>
    Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
  return (
    side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 &&
    side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0
  );
}

interface TagsContent {
  heads: Head[];
  /** @returns the width of a name */
  measure: (name: string) => number;
  /** what stands still */
  occupancy: Occupancy;
  /** what moves, besides heads and names */
  taken: Box[];
  /** words that go where there is no other room */
  spare: Box[];
  /** words that stand still, which no line to a name is to cross */
  crossed: Box[];
  scale: number;
  /** where names stood a little earlier */
  kept: Tag[];
}

export function placeTags({ heads, measure, occupancy, taken, spare, crossed, scale, kept }: TagsContent): Tag[] {
  const groups = gatheredHeads(heads, NEAR * scale).sort((a, b) => b.length - a.length);
  const around = heads.map(({ x, y }) => boxAround(x, y, 8 * scale));
  const lines: Line[] = [];
  const tags: Tag[] = [];
  for (const group of groups) {
    const [{ x, y, index }] = group;
    const room = marked(group) ? MARKER * scale : 0;
    const size: [number, number] = [
      room + Math.max(...group.map(({ name }) => measure(name))),
      rowOf(scale) * group.length,
    ];
    const before = kept.find((tag) => tag.heads[0].index === index && tag.heads.length === group.length)?.spot;
    const others = [...taken, ...around, ...tags.map(({ box }) => box)];
    const inWay = [
      ...spare,
      ...crossed,
      ...tags.map(({ box }) => box),
      ...around.filter((_, k) => !group.includes(heads[k])),
    ];
    const cost = ({ box, led, index: spot }: Spot, most: number): number => {
      const stays = spot === before ? STAYS : 0;
      let sum =
        COVERED * (count(others, box) + lines.filter((other) => cuts(box, other)).length) +
        SPARED * count(spare, coveredBy({ heads: group, box }, scale)) -
        stays;
      if (sum < most) sum += occupancy.crowd(box);
      if (!led || sum >= most) return sum;
      const line = leader(x, y, box, GAP * scale);
      return (
        sum +
        CROSSED *
          (inWay.filter((other) => cuts(other, line)).length + lines.filter((other) => cross(line, other)).length)
      );
    };
    const { box, index: spot, led } = bestSpot({ x, y, size, gap: GAP * scale, scale }, cost);
    tags.push({ heads: group, box, spot, led });
    if (led) lines.push(leader(x, y, box, GAP * scale));
  }
  return tags;
}

/** Rows from one placing afresh to the next, in which names stay where they are if they can. */
const CHAIN = 32;
/** Rows at which names may move, of a long run: so many. */
const OFTEN = 256;

/** @param place  names at a row @returns where they stand at it, each row worked out once */
export function createPlacing(last: number, place: (row: number, kept: Tag[]) => Tag[]) {
  const known: Map<number, Tag[]> = new Map();
  const stride = Math.max(1, Math.ceil(last / OFTEN));

  function at(row: number, kept: Tag[]): Tag[] {
    const tags = known.get(row) ?? place(row, kept);
    known.set(row, tags);
    return tags;
  }

  return function placedAt(row: number): Tag[] {
    if (row >= last) return at(last, []);
    let kept: Tag[] = [];
    for (let k = row - (row % (CHAIN * stride)); k < row; k += stride) kept = at(k, kept);
    return at(row, kept);
  };
}

/** A tag where its head is between two rows; covered: what no words may lie under; drawn: that with the way to it. */
export type MovedTag = Tag & { covered: Box; drawn: Box };

export function moved(tags: Tag[], placeOf: (head: Head) => [number, number], frame: Box, scale: number): MovedTag[] {
  return tags.map((tag) => {
    const [first] = tag.heads;
    const [x, y] = placeOf(first);
    const box = { ...tag.box, left: tag.box.left + x - first.x, top: tag.box.top + y - first.y };
    const there = { ...tag, heads: [{ ...first, x, y }, ...tag.heads.slice(1)], box: movedInto(box, frame) };
    return { ...there, covered: coveredBy(there, scale), drawn: drawnBox(there, scale) };
  });
}

function drawnBox({ heads: [{ x, y }], box }: Tag, scale: number): Box {
  const room = 5 * scale;
  const [left, top] = [Math.min(x, box.left) - room, Math.min(y, box.top) - room];
  const [right, bottom] = [Math.max(x, box.left + box.width) + room, Math.max(y, box.top + box.height) + room];
  return { left, top, width: right - left, height: bottom - top };
}

/** @param selected  index of a run @param opacity  of all of it */
export function tagMark({ heads, box, led }: Tag, s: number, selected: number | null, opacity: number): GroupMark {
  const [{ x, y }] = heads;
  const { left, top, width, height } = box;
  const beside = left + width / 2 < x;
  const signs = marked(heads);
  const edge = beside ? left + width + 2 * s : left - 2 * s;
  const marks: Mark[] = heads.flatMap(({ slot, name, stopped, index }, k) => {
    const middle = top + (k + 0.5) * rowOf(s);
    const at = !signs ? left : beside ? left + width - MARKER * s : left + MARKER * s;
    const style = { ...nameType(s), anchor: signs && beside ? "end" : "start" } as const;
    const sign = headMark([beside ? left + width - 6 * s : left + 6 * s, middle], slot, {
      stopped,
      selected: index === selected,
      radius: SMALL,
    });
    return [label([at, middle], name, style), ...(signs ? [sign] : [])];
  });
  if (led || heads.length > 1) marks.unshift(leaderMark(leader(x, y, box, 10 * s)));
  if (heads.length > 1 && (x < left || x > left + width))
    marks.unshift(leaderMark([edge, top + 2 * s, edge, top + height - 2 * s]));
  return group(marks, { opacity });
}
