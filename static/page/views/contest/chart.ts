/** What came of every value that was handed in: a mark each, the best in a ring; later the whole curve. */

import { dot, HALO, type Ink, inPixels, line, type Mark, runInk, segment, shape, words } from "../../marks/mark.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import { type Scales, screenX, screenY } from "../../marks/scales.ts";
import { formatExact } from "../../math/format.ts";
import type { Levels } from "../../math/levels.ts";
import { markerPath } from "../../math/markers.ts";
import { bestOf, type ContestEntry, MARKS, seatMark } from "../../state/contest.ts";
import { type Axis, evenAxis, logAxis } from "../chart/axes.ts";
import type { Sized } from "../chart/lineChart.ts";
import { NUMBERS, stepSide, valueSide } from "../chart/sides.ts";
import { STRIP, tintStrip } from "../loss/chart.ts";

export interface ContestContent extends Themed {
  entries: ContestEntry[];
  /** the hyperparameter along the axis */
  of: string;
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

interface ContestChart extends Scales {
  still: Mark[];
}

/** Nominal pixels: of a mark, of the best one and of the ring around it. */
const [RADIUS, BEST, RING] = [4.1, 6, 11.6];
/** Nominal pixels that what is counted takes below the upper edge. */
const TITLE = 20;
/** Nominal pixels around the chart. */
const MARGIN = { top: 10, right: 16 };
const CASING = { stroke: "paper", width: 2 } as const;
const STRONG = { size: 13, weight: 600, fill: "ink", halo: HALO } as const;

const powerBelow = (value: number) => 10 ** Math.floor(Math.log10(value) + 1e-9);
const powerAbove = (value: number) => 10 ** Math.ceil(Math.log10(value) - 1e-9);

/** @returns the values that it spans, whole decades, two at the least */
export function spanOfValues(entries: ContestEntry[], of: string, usual: number): [number, number] {
  const values = [usual, ...entries.map((entry) => entry.values[of] as number)].filter((value) => value > 0);
  const [low, high] = [powerBelow(Math.min(...values)), powerAbove(Math.max(...values))];
  return high > 10 * low ? [low, high] : [low, 100 * low];
}

/** Above what it would be without a step nothing is told apart but that. */
function spanOfResults({ entries, curve, start }: ContestContent): [number, number] {
  const results = [...entries.map(({ result }) => result ?? 0), ...(curve?.results ?? []), start ?? 0];
  const known = results.filter((result) => result > 0 && (start === null || result <= start));
  if (!known.length) return [1, 100];
  const [low, high] = [powerBelow(Math.min(...known)), powerAbove(Math.max(...known))];
  return [low, high > low ? high : 10 * low];
}

/** The ticks between powers of ten, as on a slide rule. */
function finerTicks([low, high]: [number, number], x: Axis, left: number, width: number, foot: number): Mark[] {
  const marks: Mark[] = [];
  for (let power = low; power < high * 0.99; power *= 10)
    for (let digit = 2; digit < 10; digit++)
      marks.push(
        shape([left + x.place(digit * power) * width, foot], digit === 5 ? "M0 0v6" : "M0 0v4", {
          crisp: true,
          stroke: "ink2",
        }),
      );
  return marks;
}

const inkOf = (seat: number): Ink => runInk(seatMark(seat).colour);

export function contestChartOf(content: ContestContent & Sized): ContestChart {
  const { entries, of, even, curve, start, titles, usual, levels, theme, size, look } = content;
  const { scale } = look;
  const strip = levels ? STRIP : 0;
  const [left, top] = [(NUMBERS.left + strip) * scale, MARGIN.top * scale];
  const [width, height] = [size.width - left - MARGIN.right * scale, size.height - top - NUMBERS.bottom * scale];
  const span = even ?? spanOfValues(entries, of, usual);
  const x = (even ? evenAxis : logAxis)(span, Math.max(2, width / scale / 60));
  const yAxis = logAxis(spanOfResults(content), Math.max(2, Math.floor(height / scale / 30)));
  // What never got there, or ended far above the start, stands on the upper edge.
  const y: Axis = { ...yAxis, place: (result) => Math.min(1, Math.max(0, result <= 0 ? 0 : yAxis.place(result))) };
  const box = { left, top, width, height };
  const area = { box, x, y };
  const [right, foot] = [left + width, top + height];
  const placeOf = ({ values, result }: ContestEntry) =>
    [screenX(area, values[of] as number), result === null ? top : screenY(area, result)] as const;
  const best = bestOf(entries);
  const parts = even ? x.ticks.length : Math.log10(span[1] / span[0]);
  const marks = entries.toReversed().flatMap((entry): Mark[] => {
    const [at, { shape: outline }] = [placeOf(entry), seatMark(entry.seat)];
    const isBest = entry === best;
    return [
      ...(isBest ? [dot(at, RING, { stroke: "ink", width: 1.2, fill: "paper", of: "best" })] : []),
      shape(at, markerPath(outline, isBest ? BEST : RADIUS), { fill: inkOf(entry.seat), casing: CASING, of: "entry" }),
      ...(entry.seat > MARKS
        ? [words(at, String(entry.seat), { size: 12, fill: "ink", halo: HALO, shift: [RADIUS + 2, -6] })]
        : []),
    ];
  });
  const told = best && placeOf(best);
  // The loss at the start often lies just under the upper edge, and the lowest just above the axis.
  const startOff = start === null ? 0 : (screenY(area, start) - top) / scale;
  const titleOff = start !== null && startOff < TITLE ? startOff + 10 : 8;
  const overAxis = told !== null && foot - told[1] < 16 * scale;
  const onTheLeft = told !== null && told[0] > left + width / 2;
  const said = best && `lowest${curve ? "" : " so far"}: ${formatExact(best.values[of] as number)}`;
  const along = curve?.values.map((value) => screenX(area, value)) ?? [];
  return {
    ...area,
    still: [
      valueSide(area, strip + 7),
      stepSide(area, look, "", size.width),
      tintStrip({ ...area, size, look, lines: [], steps: [0, 1], names: [] }, levels, theme),
      inPixels([
        ...(even ? [] : finerTicks(span, x, left, width, foot)),
        // Between the last two numbers of the axis.
        words([left + (1 - 0.5 / parts) * width, foot], titles.x, {
          ...STRONG,
          anchor: "middle",
          shift: [0, 12],
        }),
        words([left, top], titles.y, { ...STRONG, shift: [6, titleOff], of: "counted" }),
        ...(start === null
          ? []
          : [
              segment([left, screenY(area, start)], [right, screenY(area, start)], {
                stroke: "ink2",
                dash: [1.4, 4.2],
              }),
              words([left + width / 2, screenY(area, start)], `at the start, ${formatExact(start, 4)}`, {
                anchor: "middle",
                shift: [0, -9],
                halo: HALO,
              }),
            ]),
        ...(curve
          ? [
              line(
                along,
                curve.results.map((result) => screenY(area, result)),
                { stroke: "ink", width: 1.6, of: "curve" },
              ),
            ]
          : []),
        ...marks,
        ...(told && said
          ? [
              words(told, said, {
                ...STRONG,
                anchor: onTheLeft ? "end" : "start",
                of: "lowest",
                shift: [onTheLeft ? -RING - 5 : RING + 5, overAxis ? -9 : 8],
              }),
            ]
          : []),
      ]),
    ],
  };
}

export const createContestChart = () =>
  createPicture<ContestContent, ContestChart>({
    least: { width: 160, height: 120 },
    layOut: contestChartOf,
    marks: ({ still }) => still,
  });
