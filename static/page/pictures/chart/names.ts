/** Names of lines at their ends, clear of all lines and other names, or in a list beside the chart. */

import { type Look, widthOf } from "../../marks/look.ts";
import { type GroupMark, HALO, inPixels, line, runMarker, type Span, words } from "../../marks/mark.ts";
import { createOccupancy, type Line, type Occupancy } from "../../marks/occupancy.ts";
import { inRow } from "../../marks/row.ts";
import { verticesOf } from "../../marks/scales.ts";
import { spotsBeside } from "../../marks/spots.ts";
import { type Box, boxAround } from "../../math/box.ts";
import type { Interval } from "../../state/types.ts";
import { type ChartLine, endOf, inkOf, type LineEnd, type PlotArea, seriesLine } from "./plot.ts";

/**
 * x of its left edge, y of its middle; marked: its marker stands before it
 * leader: x and y in turn, from the end of its line
 */
type NamePlace = { x: number; y: number; marked: boolean; leader?: number[] };
/** what is written of a line */
export type NameText = { line: ChartLine; text: string | Span[]; width: number; size: number };
export type LineName = NameText & NamePlace;

/** Of more lines than this the names are smaller, and stand in a list. */
const FEW_NAMES = 5;
/** Nominal pixels of type; from the end of a line to its name; that a marker takes; of half the height of a name. */
const SIZE = { few: 13, many: 12 };
const GAP = 9;
const MARKER = 13;
const HALF = 6;
/** Nominal pixels over a chart in which names may stand. */
const OVER = 14;
/** In a list: from one name to the next beyond the size of its type. */
const APART = 3;
/** How many squares of lines a name may touch, as more would strike it out; and the pixels of a square. */
const TOUCHED = 2;
const SQUARE = 4;
/** A place that costs more is none: the name or its leader would cross another. */
const DEAR = 90;
/** Nominal pixels of a leader at the most: a longer one is hard to follow among lines, and a list is better. */
const LONGEST = 60;
/** How many times more a square costs that its leader crosses. */
const ACROSS = 8;
/** Nominal pixels by which one end is higher than another, at the least. */
const LEVEL = 3;
/** Cost, in squares, of each pixel that a name stands above or below the end of its line. */
const OFF = 0.03;

/** The names without the words with which all of them begin. */
function withoutCommonWords(names: string[]) {
  const words = names.map((name) => name.split(" "));
  let common = 0;
  while (names.length > 1 && words.every((parts) => parts.length > common + 1 && parts[common] === words[0][common]))
    common++;
  return words.map((parts) => parts.slice(common).join(" "));
}

/** The names without what stands in brackets, if they are still different. */
function withoutBrackets(names: string[]) {
  const bare = names.map((name) => name.replace(/ \([^)]*\)/, ""));
  return new Set(bare).size === new Set(names).size ? bare : names;
}

/** The names in full where there is room, else as short as still tells them apart. */
export const shortestNames = (names: string[], fits: (name: string) => boolean = () => false): string[] =>
  names.every(fits) ? names : withoutBrackets(withoutCommonWords(names));

/**
 * What is written of each.
 * @param space  pixels: where one needs more all are shortened
 * @param most  pixels: of what needs more its values alone are written, and what still does is cut, but for what is
 *   told behind a colon
 */
export function textsOf(lines: ChartLine[], look: Look, space: number, most: number = Infinity): NameText[] {
  const named = lines.filter(({ name }) => name);
  const size = named.length > FEW_NAMES ? SIZE.many : SIZE.few;
  const weight = named.some(({ strong }) => strong) ? 600 : 400;
  const widthIn = (text: string | Span[]) => widthOf(look, text, { size, weight });
  const names = shortestNames(
    named.map(({ name }) => name),
    (name) => widthIn(name) <= space,
  );
  const valued = names.map((name) => (widthIn(name) > most ? name.replace(/^[^\d:]*? (?=[\dα-ω])/, "") : name));
  const texts = new Set(valued).size === new Set(names).size ? valued : names;
  return named.map((line, k) => {
    if (line.letters) return { line, text: line.letters, width: widthIn(line.letters), size };
    const [name, valueText = ""] = texts[k].split(/(?=: )/);
    let length = name.length;
    while (length > 1 && widthIn(name.slice(0, length) + valueText) > most) length--;
    const text = length < name.length ? `${name.slice(0, length).trimEnd()}…${valueText}` : texts[k];
    return { line, text, width: widthIn(text), size };
  });
}

/** The box of a name, with its marker. */
export const nameBox = ({ x, y, width, size, marked }: LineName, scale: number): Box => ({
  left: x,
  top: y - (size / 2) * scale,
  width: width + (marked ? MARKER * scale : 0),
  height: size * scale,
});

const lengthOf = (leader?: Line) => (leader ? Math.hypot(leader[2] - leader[0], leader[3] - leader[1]) : 0);

/**
 * @param ends  with the widths of their names
 * @param space  with the lines, as large as what names stay within
 * @param close  they have no leaders
 * @returns of each; null: it has no place
 */
export function placeNames(
  ends: (LineEnd & { width: number })[],
  space: Occupancy,
  scale: number = 1,
  close: boolean = false,
): (NamePlace | null)[] {
  const places: (NamePlace | null)[] = [];
  for (const end of ends) {
    const { x, y, width } = end;
    const middle = ({ top }: Box) => top + HALF * scale;
    const size = [width + MARKER * scale, 2 * HALF * scale] as const;
    // Of two names below each other the upper one is that of the line that ends higher.
    const isInOrder = (box: Box) =>
      places.every((other, k) => {
        if (!other) return true;
        const beside = box.left > other.x + ends[k].width + MARKER * scale || box.left + box.width < other.x;
        const areLevel = Math.abs(y - ends[k].y) < LEVEL * scale;
        return beside || areLevel || (middle(box) - other.y) * (y - ends[k].y) >= 0;
      });
    const spots = [...spotsBeside({ at: [x, y], size, gap: GAP, scale, close })]
      .filter(({ box, leader }) => space.crowd(box) <= TOUCHED && isInOrder(box) && lengthOf(leader) <= LONGEST * scale)
      .map((spot) => {
        const across = spot.leader ? ACROSS * (space.costOf(spot) - spot.cost) : 0;
        return Object.assign(spot, { cost: spot.cost + across + (OFF * Math.abs(middle(spot.box) - y)) / scale });
      })
      .sort((spot, other) => spot.cost - other.cost);
    const spot = space.place(spots, DEAR);
    if (!spot) {
      places.push(null);
      continue;
    }
    const { box, leader } = spot;
    const off = Math.abs(middle(box) - y);
    const isClear = ends.every(
      (other) =>
        other === end || (Math.hypot(other.x - x, other.y - y) > 8 * scale && Math.abs(middle(box) - other.y) > off),
    );
    places.push({ x: box.left, y: middle(box), marked: Boolean(leader) || box.left < x || !isClear, leader });
  }
  return places;
}

/**
 * Beside the ends of the lines.
 * @param lines  all that names keep off @param steps  in sight @param width  of the picture
 * @param crossed  what else stands in the chart and names keep off
 * @returns those that have a place; none where they are too many
 */
export function namesBeside(
  area: PlotArea,
  lines: ChartLine[],
  steps: Interval,
  names: NameText[],
  { width, scale, crossed, close }: { width: number; scale: number; crossed: Line[]; close: boolean },
): LineName[] {
  if (names.length > FEW_NAMES) return [];
  const { left, top, height } = area.box;
  const above = top - OVER * scale;
  const space = createOccupancy(
    { left: left + 2, top: above, width: width - left - 3, height: top + height + 2 * scale - above },
    SQUARE,
  );
  // The part of a line above the top is not drawn.
  const highest = top - 3 * scale;
  for (const line of lines) {
    const drawn = seriesLine(line, steps);
    const points = verticesOf(area, drawn.x, drawn.y);
    for (const [k, [x, y]] of points.slice(1).entries()) {
      const [x0, y0] = points[k];
      if (y0 >= highest || y >= highest) space.markSegment(x0, Math.max(y0, highest), x, Math.max(y, highest));
    }
    const end = endOf(area, line, steps);
    space.markBox(boxAround(end.x, end.y, 4 * scale));
  }
  for (const line of crossed) space.markSegment(...line);
  // Beyond the ends at the right there is more space, which they leave to none before them.
  const ended = names.map((name) => ({ ...name, ...endOf(area, name.line, steps) })).sort((a, b) => b.x - a.x);
  return placeNames(ended, space, scale, close).flatMap((place, k) => (place ? [{ ...ended[k], ...place }] : []));
}

/** Nominal pixels from the right edge of a chart to the names in a list. */
export const BEFORE = GAP + MARKER;

/** Names below each other, in the order of the ends of their lines; in smaller type where there is little room. */
export function namesListed(area: PlotArea, steps: Interval, names: NameText[], scale: number): LineName[] {
  const { box } = area;
  const ends = names.map(({ line }) => endOf(area, line, steps));
  const [right, bottom] = [box.left + box.width, box.top + box.height - 2 * scale];
  const top = HALF * scale;
  const x = right + GAP * scale;
  const gap = Math.min(
    (bottom - top) / Math.max(1, names.length - 1),
    ...names.map(({ size }) => (size + APART) * scale),
  );
  const middles = inRow(
    ends.map(({ y }) => y),
    gap,
    top,
    bottom,
  );
  return names.map((name, k) => {
    const [end, y] = [ends[k], middles[k]];
    const marker = name.line.slot !== null;
    const to = marker ? x - 2 : x + (MARKER - 3) * scale;
    const early = end.x < right - 3;
    // Its marker tells the name of a line that ends before the others: a leader would cross these.
    const leader = early && marker ? undefined : [end.x, end.y, Math.max(right, end.x) + 2, early ? y : end.y, to, y];
    return { ...name, x, y, marked: true, leader, size: Math.min(name.size, gap / scale) };
  });
}

export function nameMark(name: LineName, { scale }: Look, opacity: number): GroupMark {
  const { line: named, x, y, text, size, marked, leader } = name;
  const { slot, strong, dash } = named;
  const style = { size, weight: strong ? 600 : 400, fill: "ink", halo: HALO } as const;
  const [along, down] = [0, 1].map((axis) => leader?.filter((_, k) => k % 2 === axis) ?? []);
  return inPixels(
    [
      // What has no marker is told by its dashes.
      leader && line(along, down, slot === null ? { stroke: inkOf(named), dash } : { stroke: "ink3", width: 0.8 }),
      words([x + (marked ? MARKER * scale : 0), y], text, style),
      marked && slot !== null && runMarker([x + 4 * scale, y], slot, 3.8),
    ],
    { opacity },
  );
}
