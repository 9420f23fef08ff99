/**
 * The names of runs at their heads, or at the exit of a run that has left the map. Heads at one place would cover each
 * other: they stand beside it, small, each with its name. The place of a name depends on the row alone, so that it is
 * the same whether one plays or jumps there.
 */

import { widthOf } from "../../../marks/look.ts";
import { dot, type GroupMark, group, type Mark, type Place } from "../../../marks/mark.ts";
import type { Occupancy } from "../../../marks/occupancy.ts";
import { leaderTo, type SpotBeside, spotsBeside } from "../../../marks/spots.ts";
import { placeWords, wantedWords } from "../../../marks/wanted.ts";
import { type Box, movedInto } from "../../../math/box.ts";
import { memo } from "../../../memo.ts";
import type { Layer, StillMap } from "../moment.ts";
import { type Head, headBoxes, headsAt } from "../paths/heads.ts";
import { FAINT } from "../paths/routes.ts";
import { placeAt } from "../paths/trace.ts";
import { arrowBoxes, arrowsOfChosen } from "../steps/directions.ts";
import { headMark, label, leaderMark, type MapLook } from "../style.ts";
import { exitMarks, type PlacedExit, placeExits } from "./exits.ts";

/** Names in a box beside the first of their heads. */
export type Tag = { heads: Head[]; spot: SpotBeside };

/** Heads within so many pixels count as one place. */
const GATHERED = 9;
const GAP = 13;
/** The radius of a marker beside its name, and the space it takes. */
const SMALL = 4.4;
/** The radius of the ring around the run of a question, and the opacity of the markers of others meanwhile. */
const [RING, BACK] = [8, 0.4];
const MARKER = 16;
/** What it costs, in squares, that a name stands in one line with the head of another run; within so many pixels. */
const [MISREAD, IN_LINE] = [12, 32];
/** Space beside names in one box for the line along them. */
const ALONG = 5;

/** @returns groups, each around its first head */
function gatheredHeads<T extends { x: number; y: number }>(places: T[], near: number): T[][] {
  const groups: T[][] = [];
  for (const place of places) {
    const group = groups.find(([first]) => Math.hypot(first.x - place.x, first.y - place.y) < near);
    if (group) group.push(place);
    else groups.push([place]);
  }
  return groups;
}

/** Whether the heads of a tag are drawn beside their names: they cover each other, or would cover the start. */
const marked = (heads: Head[]) => heads.length > 1 || heads[0].atStart;

const alongOf = (heads: Head[], scale: number) => (heads.length > 1 ? ALONG * scale : 0);

/** On a wall names are larger, to be read from the back of a room. */
const sizeOf = (scale: number): number => (scale > 1 ? 16 : 13);
const rowOf = (scale: number): number => (sizeOf(scale) + 4) * scale;
const nameType = (scale: number) => ({ size: sizeOf(scale), weight: 600 });

/** Whether words begin or end in one line with a head. */
const isInLine = ({ left, top, width, height }: Box, { x, y }: Head, scale: number) =>
  y > top && y < top + height && Math.max(left - x, x - left - width) < IN_LINE * scale;

/**
 * @param measure  the width of a name
 * @param space  receives heads and names
 * @param previous  the places of names a little earlier
 */
export function placeTags(
  heads: Head[],
  measure: (name: string) => number,
  space: Occupancy,
  scale: number,
  previous: Tag[],
): Tag[] {
  for (const box of headBoxes(heads, scale)) space.markWords(box);
  const groups = gatheredHeads(heads, GATHERED * scale).sort((a, b) => b.length - a.length);
  return groups.flatMap((group) => {
    const [{ x, y, index }] = group;
    const beside = (marked(group) ? MARKER * scale : 0) + 2 * alongOf(group, scale);
    const size = [beside + Math.max(...group.map(({ name }) => measure(name))), rowOf(scale) * group.length] as const;
    const before = previous.find((tag) => tag.heads[0].index === index && tag.heads.length === group.length);
    const spots = [...spotsBeside({ at: [x, y], size, gap: GAP, scale, stays: before?.spot.index })];
    // A name alone in one line with the head of another run would be read as its own.
    const others = marked(group) ? [] : heads.filter((head) => head !== group[0]);
    const isOther = ({ box }: SpotBeside) =>
      !isInLine(box, group[0], scale) && others.some((head) => isInLine(box, head, scale));
    for (const spot of spots) if (isOther(spot)) spot.cost += MISREAD;
    const spot = space.place(spots.sort((a, b) => a.cost - b.cost));
    return spot ? [{ heads: group, spot }] : [];
  });
}

/** Names are placed afresh every so many rows; between, they stay where they can. */
const CHAIN = 32;
/** In a long run names may move at so many rows. */
const OFTEN = 256;

/** @param place  places names at a row @returns the places at a row, computed once for each */
export function createPlacing<T>(last: number, place: (row: number, previous: T | null) => T) {
  const placedByRow: Map<number, T> = new Map();
  const stride = Math.max(1, Math.ceil(last / OFTEN));

  function at(row: number, previous: T | null): T {
    const names = placedByRow.get(row) ?? place(row, previous);
    placedByRow.set(row, names);
    return names;
  }

  return function placedAt(row: number): T {
    if (row >= last) return at(last, null);
    let previous: T | null = null;
    for (let k = row - (row % (CHAIN * stride)); k < row; k += stride) previous = at(k, previous);
    return at(row, previous);
  };
}

/** @returns a tag whose head is between two rows */
function moved({ heads: [first, ...others], spot }: Tag, [x, y]: Place, { box: frame, scale }: MapLook): Tag {
  const movedBox = { ...spot.box, left: spot.box.left + x - first.x, top: spot.box.top + y - first.y };
  const box = movedInto(movedBox, frame);
  const leader = spot.leader || others.length ? leaderTo([x, y], box, (GAP - 3) * scale) : undefined;
  return { heads: [{ ...first, x, y }, ...others], spot: { ...spot, box, leader } };
}

/**
 * @param selected  index of a run
 * @param questionRun  index of the run of an open question: it is ringed, and the others stand back
 * @param opacity  of the whole tag
 */
export function tagMark(
  { heads, spot }: Tag,
  s: number,
  { selected, questionRun, opacity }: { selected: number | null; questionRun: number | null; opacity: number },
): GroupMark {
  const [{ x, y }] = heads;
  const along = alongOf(heads, s);
  const { top, height } = spot.box;
  const [left, right] = [spot.box.left + along, spot.box.left + spot.box.width - along];
  const beside = (left + right) / 2 < x;
  const signs = marked(heads);
  const edge = beside ? right + 2 * s : left - 2 * s;
  const marks: Mark[] = heads.flatMap(({ slot, name, stopped, index }, k) => {
    const middle = top + (k + 0.5) * rowOf(s);
    const at = !signs ? left : beside ? right - MARKER * s : left + MARKER * s;
    const style = { ...nameType(s), anchor: signs && beside ? "end" : "start" } as const;
    const place: Place = [beside ? right - 6 * s : left + 6 * s, middle];
    const sign = headMark(place, slot, { stopped, selected: index === selected, radius: SMALL });
    const ring = index === questionRun ? [dot(place, RING, { stroke: "ink2", width: 1.4 })] : [];
    const back = questionRun !== null && index !== questionRun;
    const words = label([at, middle], name, back ? { ...style, weight: 400, fill: "ink3" } : style);
    return [words, ...(signs ? [back ? { ...sign, opacity: BACK } : sign, ...ring] : [])];
  });
  if (spot.leader) marks.unshift(leaderMark(spot.leader));
  if (heads.length > 1 && (x < left || x > right))
    marks.unshift(leaderMark([edge, top + 2 * s, edge, top + height - 2 * s]));
  return group(marks, { opacity, beside: [x, y] });
}

/** The names of runs that have left the map, and of those in sight. */
type Names = { exits: PlacedExit[]; tags: Tag[] };

/** Opacity of names while a step is explained. */
const READABLE = 0.7;

export function createNames(): Layer {
  /** The places of names at a row; they do not depend on the playhead. */
  const placing = memo((stillMap: StillMap) => {
    const { traces, look, scene, area, axes, space, spaceAtStart, layers } = stillMap;
    const last = Math.max(0, ...traces.map(({ length }) => length - 1));
    const measure = (name: string) => widthOf(look, name, nameType(look.scale));
    const chosen = axes.curve ? undefined : traces.find(({ index }) => index === scene.selected);
    return createPlacing<Names>(last, (row, previous) => {
      const free = ((row === 0 && spaceAtStart) || space).over();
      for (const { wordsAt } of layers) {
        const first = wordsAt?.(stillMap, row);
        if (first) placeWords(free, first.obstacles, first.words);
      }
      for (const { groundObstacles } of layers)
        for (const box of groundObstacles?.(stillMap, row) ?? []) free.markWords(box);
      const exits = placeExits(look, traces, row, free);
      if (chosen) for (const box of arrowBoxes(chosen, row, area, look.scale)) free.markWords(box);
      return {
        exits,
        tags: placeTags(headsAt(stillMap, row), measure, free, look.scale, previous?.tags ?? []),
      };
    });
  });

  return {
    draw(moment) {
      const { stillMap, playhead } = moment;
      const { scene, look, content, traces } = stillMap;
      const { exits, tags } = placing(stillMap)(Math.floor(playhead.step));
      const faint = scene.guesses || scene.bundle ? READABLE : FAINT;
      const names = tags.map((tag) => {
        const trace = traces.find(({ index }) => index === tag.heads[0].index);
        const movedTag = trace ? moved(tag, placeAt(trace, playhead.step), look) : tag;
        const back = content.hovering && !tag.heads.some(({ index }) => index === content.focus);
        const how = { selected: scene.selected, questionRun: playhead.questionRun ?? null, opacity: back ? faint : 1 };
        return wantedWords([movedTag.spot], () => [tagMark(movedTag, look.scale, how)]);
      });
      return { on: arrowsOfChosen(moment), over: [...names, ...exitMarks(exits)] };
    },
  };
}
