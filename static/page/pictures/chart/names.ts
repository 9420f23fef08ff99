/** Names of lines: in a list beside the chart, in the order of the ends of their lines. */

import { type Look, widthOf } from "../../marks/look.ts";
import { type GroupMark, HALO, inPixels, line, runMarker, type Span, words } from "../../marks/mark.ts";
import { inRow } from "../../marks/row.ts";
import type { Interval } from "../../state/types.ts";
import { type ChartLine, endOf, inkOf, type PlotArea } from "./plot.ts";

/** what is written of a line */
type NameText = { line: ChartLine; text: string | Span[]; width: number; size: number };
/** x of its left edge, y of its middle; leader: x and y in turn, from the end of its line */
export type LineName = NameText & { x: number; y: number; leader?: number[] };

/** Of more lines than this the names are smaller. */
const FEW_NAMES = 5;
/** Nominal pixels of type; from the chart to a name; that a marker takes; of half the height of a name. */
const SIZE = { few: 13, many: 12 };
const GAP = 9;
const MARKER = 13;
const HALF = 6;
/** Where something is told behind a name, both may take so many times the space: *1: 11 %* would say nothing. */
const TOLD = 1.25;
/** From one name to the next, beyond the size of its type. */
const APART = 3;

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
    (name) => widthIn(name) <= (name.includes(": ") ? Math.min(TOLD * space, most) : space),
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

/** Nominal pixels from the right edge of a chart to the words of their names. */
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
    return { ...name, x, y, leader, size: Math.min(name.size, gap / scale) };
  });
}

export function nameMark(name: LineName, { scale }: Look, opacity: number): GroupMark {
  const { line: named, x, y, text, size, leader } = name;
  const { slot, strong, dash } = named;
  const style = { size, weight: strong ? 600 : 400, fill: "ink", halo: HALO } as const;
  const [along, down] = [0, 1].map((axis) => leader?.filter((_, k) => k % 2 === axis) ?? []);
  return inPixels(
    [
      // What has no marker is told by its dashes.
      leader && line(along, down, slot === null ? { stroke: inkOf(named), dash } : { stroke: "ink3", width: 0.8 }),
      words([x + MARKER * scale, y], text, style),
      slot !== null && runMarker([x + 4 * scale, y], slot, 3.8),
    ],
    { opacity },
  );
}
