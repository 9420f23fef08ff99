/** Runs that have left the map: an arrowhead on the frame where they went, and their name, as roads are named there. */

import table from "../../../../../fallline/drawing/drawing.json" with { type: "json" };
import { widthOf } from "../../../marks/look.ts";
import { group, runInk, shape } from "../../../marks/mark.ts";
import type { Occupancy, Spot } from "../../../marks/occupancy.ts";
import { wantedWords } from "../../../marks/wanted.ts";
import { clippedSegment } from "../../../math/box.ts";
import { outlinePath } from "../../../math/markers.ts";
import type { MarkOrWords } from "../moment.ts";
import type { Trace } from "../paths/trace.ts";
import { label, type MapLook } from "../style.ts";

/** from: where the step that led out began; left: the step at which it left the whole domain */
type Exit = {
  trace: Trace;
  x: number;
  y: number;
  from: [number, number];
  angle: number;
  left: number | null;
};

/** With the words after its name, and how wide both are. */
type MeasuredExit = Exit & { words: string; nameWidth: number; wordsWidth: number };

/** In one row, or the words under the name. */
type ExitSpot = Spot & { second: number };

export type PlacedExit = MeasuredExit & { spot: ExitSpot };

/** @returns none: it is in the frame, or never was */
function exitOf(trace: Trace, step: number, { box }: MapLook): Exit[] {
  const went = wentOut(trace, step);
  if (!went) return [];
  const { xs, ys } = trace;
  const { out, left } = went;
  const [x0, y0, x1, y1] = [xs[out - 1], ys[out - 1], xs[out], ys[out]];
  const [, share] = clippedSegment(box, x0, y0, x1, y1) ?? [0, 0];
  const [x, y] = [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
  return [{ trace, x, y, from: [x0, y0], angle: Math.atan2(y1 - y0, x1 - x0), left }];
}

function sentence({ trace: { run }, left }: Exit): string {
  if (left === null) return "";
  const diverged = run.end?.diverged_at;
  return `leaves the map at step ${left}${diverged ? `, diverges at step ${diverged}` : ""}`;
}

const nameOf = ({ trace }: Exit) => `${trace.run.short} `;
/** On a phone a name wider than this share of the map is left out. */
const LONG = 0.6;
/** Nominal pixels of a row of a name. */
const ROW = 17;
const NAME = { size: 13, weight: 600 };
const WORDS_AFTER = { size: 13 };

function measured(exit: Exit, look: MapLook): MeasuredExit {
  const nameWidth = widthOf(look, nameOf(exit), NAME);
  const words = sentence(exit);
  const wordsWidth = widthOf(look, words, WORDS_AFTER);
  const isLong = look.compact && nameWidth + wordsWidth > LONG * look.box.width;
  return { ...exit, nameWidth, ...(isLong ? { words: "", wordsWidth: 0 } : { words, wordsWidth }) };
}

/** From an arrowhead to a name beside it, and to one beside what stands at the edge, in nominal pixels. */
const [BESIDE, FARTHER] = [12, 60];
/** What a name costs, in squares that are taken: for each of them, for a second row, for lying on the step out. */
const [A_PIXEL, SECOND, ON_STEP] = [0.75, 30, 100];

/** The spots for a name: in the margin above the map for a run that left by the top, else near the arrowhead. */
function spotsOf({ x, y, from, nameWidth, wordsWidth }: MeasuredExit, { scale: s, box, compact }: MapLook): ExitSpot[] {
  const row = ROW * s;
  const spots = [nameWidth + wordsWidth, Math.max(nameWidth, wordsWidth)].flatMap((width, second) => {
    const height = row * (1 + second);
    const [least, most] = [box.left + 4 * s, box.left + box.width - width - 4 * s];
    const over = Math.max(least, Math.min(x - width / 2, most));
    const sides = [x + BESIDE * s, x - BESIDE * s - width, x - FARTHER * s - width, over];
    const lefts = sides.filter((left) => left >= least && left <= most);
    const [first, last] = [box.top + 6 * s, box.top + box.height - height - 6 * s];
    const beside = Math.min(last, Math.max(first, y - row / 2));
    const spotAt = (left: number, top: number, distance: number, inMargin?: boolean): ExitSpot => {
      const across = Math.max(0, left - x, x - left - width) / s || 2 * BESIDE;
      const words = { left, top, width, height };
      const onStep = clippedSegment(words, ...from, x, y) ? ON_STEP : 0;
      return { box: words, cost: A_PIXEL * (distance + across) + SECOND * second + onStep, second, inMargin };
    };
    const rows = Array.from({ length: Math.ceil(box.height / row) }, (_, k) => [beside + k * row, beside - k * row]);
    const tops = rows.flat().filter((top) => top >= first && top <= last);
    const margin = y < box.top + 2 && !compact && !second ? lefts : [];
    return [
      ...margin.map((left) => spotAt(left, box.top - 23 * s, 0, true)),
      ...tops.flatMap((top) => lefts.map((left) => spotAt(left, top, 10 + Math.abs(top - beside) / s))),
    ];
  });
  return spots.sort((spot, other) => spot.cost - other.cost);
}

/** @param space  takes up their names */
export function placeExits(look: MapLook, traces: Trace[], step: number, space: Occupancy): PlacedExit[] {
  const exits = traces.flatMap((trace) => exitOf(trace, step, look)).map((exit) => measured(exit, look));
  return exits.flatMap((exit) => {
    const spot = space.place(spotsOf(exit, look));
    return spot ? [{ ...exit, spot }] : [];
  });
}

const TIP = outlinePath(table.marks.exit, 1);

/** With their names, where these were placed. */
export const exitMarks = (exits: PlacedExit[]): MarkOrWords[] => [
  ...exits.map(({ trace, x, y, angle }) =>
    shape([x, y], TIP, { turn: angle, fill: runInk(trace.run.slot), casing: { stroke: "casing", width: 4 } }),
  ),
  ...exits.map((exit) => {
    const { x, y, words, nameWidth, spot } = exit;
    const { left, top } = spot.box;
    const labels = [
      label([left, top], nameOf(exit), { ...NAME, shift: [0, 9] }),
      label([spot.second ? left : left + nameWidth, top], words, { ...WORDS_AFTER, shift: [0, 9 + ROW * spot.second] }),
    ];
    return wantedWords([spot], () => [group(labels, { beside: [x, y] })]);
  }),
];

/**
 * Where the run went out of the frame, if that is where it is.
 * @returns the row it went out at, and the one at which it left the whole domain; null: it is in the frame, or never
 *   was
 */
export function wentOut({ visible, within, length }: Trace, step: number): { out: number; left: number | null } | null {
  const row = Math.min(Math.floor(step), length - 1);
  if (visible[row]) return null;
  const before = lastIn(visible, row);
  if (before < 0) return null;
  return { out: before + 1, left: within[row] ? null : lastIn(within, row) + 1 };
}

/** @returns the last row up to here with a flag; -1: none */
function lastIn(flags: Uint8Array, from: number): number {
  let k = from;
  while (k >= 0 && !flags[k]) k--;
  return k;
}
