/** What came of every value that was handed in: a mark each, the best in a ring; later the whole curve. */

import {
  dot,
  HALO,
  inPixels,
  line,
  type Mark,
  type Place,
  runInk,
  STRONG,
  segment,
  shape,
  words,
} from "../../marks/mark.ts";
import type { PictureKind, StillLayout, Themed } from "../../marks/picture.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { boxWithin } from "../../math/box.ts";
import { formatExact } from "../../math/format.ts";
import type { Levels } from "../../math/levels.ts";
import { markerPath } from "../../math/markers.ts";
import { bestEntry, type ContestEntry, SEATS_WITH_OWN_MARK, seatMark } from "../../state/contest.ts";
import type { Sized } from "../chart/lineChart.ts";
import { type Axis, evenAxis, logAxis, NUMBERS, type PlotArea, stepSide, valueSide } from "../chart/plot.ts";
import { tintStrip } from "../loss/chart.ts";
import { STRIP } from "../loss/content.ts";

export interface ContestContent extends Themed {
  entries: ContestEntry[];
  /** the hyperparameter along the axis */
  hyperparameter: string;
  /** of one that does not lie by its logarithm: from where to where it is set; null: the axis spans what there is */
  even: [number, number] | null;
  /** what comes of every value of it; NaN: nothing; null: not shown yet */
  curve: { values: number[]; results: number[] } | null;
  /** what it would be without a step, where losses count */
  start: number | null;
  /** what stands along the axis and what is counted, in words */
  titles: { x: string; y: string };
  /** a value beside which nothing was handed in yet */
  usual: number;
  /** of the map; null: results are no losses */
  levels: Levels | null;
}

/** Nominal pixels: of a mark, of the best one and of the ring around it. */
const [RADIUS, BEST, RING] = [4.1, 6, 11.6];
/** Nominal pixels that what is counted takes below the upper edge. */
const TITLE = 20;
/** Nominal pixels around the chart. */
const MARGIN = { top: 10, right: 16, bottom: NUMBERS.bottom };
const CASING = { stroke: "paper", width: 2 } as const;

const powerBelow = (value: number) => 10 ** Math.floor(Math.log10(value) + 1e-9);
const powerAbove = (value: number) => 10 ** Math.ceil(Math.log10(value) - 1e-9);

/** @returns the values that it spans, whole decades, two at the least */
export function spanOfValues(entries: ContestEntry[], hyperparameter: string, usual: number): [number, number] {
  const values = [usual, ...entries.map((entry) => entry.values[hyperparameter] as number)].filter(
    (value) => value > 0,
  );
  const [low, high] = [powerBelow(Math.min(...values)), powerAbove(Math.max(...values))];
  return high > 10 * low ? [low, high] : [low, 100 * low];
}

/** Above what it would be without a step nothing is told apart but that. */
function spanOfResults({ entries, curve, start }: ContestContent): [number, number] {
  const results = [...entries.map(({ result }) => result ?? 0), ...(curve?.results ?? []), start ?? 0];
  const inRange = results.filter((result) => result > 0 && (start === null || result <= start));
  if (!inRange.length) return [1, 100];
  const [low, high] = [powerBelow(Math.min(...inRange)), powerAbove(Math.max(...inRange))];
  return [low, high > low ? high : 10 * low];
}

/** The ticks between powers of ten, as on a slide rule. */
function finerTicks([low, high]: [number, number], { box, x }: PlotArea): Mark[] {
  const marks: Mark[] = [];
  for (let power = low; power < high * 0.99; power *= 10)
    for (let digit = 2; digit < 10; digit++) {
      const at: Place = [box.left + x.place(digit * power) * box.width, box.top + box.height];
      marks.push(shape(at, digit === 5 ? "M0 0v6" : "M0 0v4", { crisp: true, stroke: "ink2" }));
    }
  return marks;
}

/** What never got there stands on the upper edge. */
const placeOf = (area: PlotArea, { values, result }: ContestEntry, hyperparameter: string): Place => [
  screenX(area, values[hyperparameter] as number),
  result === null ? area.box.top : screenY(area, result),
];

function entryMarks({ entries, hyperparameter }: ContestContent, area: PlotArea): Mark[] {
  const best = bestEntry(entries);
  return entries.toReversed().flatMap((entry): Mark[] => {
    const [at, { shape: outline, colour }] = [placeOf(area, entry, hyperparameter), seatMark(entry.seat)];
    const isBest = entry === best;
    const marker = markerPath(outline, isBest ? BEST : RADIUS);
    return [
      ...(isBest ? [dot(at, RING, { stroke: "ink", width: 1.2, fill: "paper", of: "best" })] : []),
      shape(at, marker, { fill: runInk(colour), casing: CASING, of: "entry" }),
      ...(entry.seat > SEATS_WITH_OWN_MARK
        ? [words(at, String(entry.seat), { size: 12, fill: "ink", halo: HALO, shift: [RADIUS + 2, -6] })]
        : []),
    ];
  });
}

function bestWords({ entries, hyperparameter, curve }: ContestContent, area: PlotArea, scale: number): Mark[] {
  const { left, top, width, height } = area.box;
  const best = bestEntry(entries);
  if (!best) return [];
  const at = placeOf(area, best, hyperparameter);
  const side = at[0] > left + width / 2 ? -1 : 1;
  const overAxis = top + height - at[1] < 16 * scale;
  const text = `lowest${curve ? "" : " so far"}: ${formatExact(best.values[hyperparameter] as number)}`;
  const shift: Place = [side * (RING + 5), overAxis ? -9 : 8];
  return [words(at, text, { ...STRONG, anchor: side < 0 ? "end" : "start", of: "lowest", shift })];
}

/** The loss without a step. */
function startMarks(start: number, area: PlotArea, scale: number): Mark[] {
  const { left, top, width } = area.box;
  const y = screenY(area, start);
  // Above the upper edge there is no room, and below it an entry may have its words.
  const [at, anchor, shift] = y - top < TITLE * scale ? ([1, "end", 11] as const) : ([0.5, "middle", -9] as const);
  const text = `at the start, ${formatExact(start, 4)}`;
  return [
    segment([left, y], [left + width, y], { stroke: "ink2", dash: [1.4, 4.2] }),
    words([left + at * width, y], text, { anchor, shift: [0, shift], halo: HALO }),
  ];
}

function contestChartOf(content: ContestContent & Sized): StillLayout {
  const { entries, hyperparameter, even, curve, start, titles, usual, levels, theme, size, look } = content;
  const { scale } = look;
  const strip = levels ? STRIP : 0;
  const box = boxWithin(size, { ...MARGIN, left: NUMBERS.left + strip }, scale);
  const { left, top, width, height } = box;
  const span = even ?? spanOfValues(entries, hyperparameter, usual);
  const x = (even ? evenAxis : logAxis)(span, Math.max(2, width / scale / 60));
  const yAxis = logAxis(spanOfResults(content), Math.max(2, Math.floor(height / scale / 30)));
  // What ended far above the start stands on the upper edge.
  const y: Axis = { ...yAxis, place: (result) => Math.min(1, Math.max(0, result <= 0 ? 0 : yAxis.place(result))) };
  const area = { box, x, y };
  const parts = even ? x.ticks.length : Math.log10(span[1] / span[0]);
  // The loss at the start often lies just under the upper edge.
  const startOff = start === null ? Infinity : (screenY(area, start) - top) / scale;
  const titleOff = startOff < TITLE ? startOff + 10 : 8;
  // Between the last two numbers of the axis.
  const titleAt: Place = [left + (1 - 0.5 / parts) * width, top + height];
  const along = curve?.values.map((value) => screenX(area, value)) ?? [];
  const results = curve?.results.map((result) => screenY(area, result)) ?? [];
  const marks = [
    valueSide(area, look, strip + 7),
    stepSide(area, look, "", size.width),
    tintStrip({ ...area, look }, levels, theme),
    inPixels([
      ...(even ? [] : finerTicks(span, area)),
      words(titleAt, titles.x, { ...STRONG, anchor: "middle", shift: [0, 12] }),
      words([left, top], titles.y, { ...STRONG, shift: [6, titleOff], of: "counted" }),
      ...(start === null ? [] : startMarks(start, area, scale)),
      curve && line(along, results, { stroke: "ink", width: 1.6, of: "curve" }),
      ...entryMarks(content, area),
      ...bestWords(content, area, scale),
    ]),
  ];
  return { ...area, marks };
}

export const contestChart: PictureKind<ContestContent, StillLayout> = {
  least: { width: 160, height: 120 },
  layOut: contestChartOf,
};
