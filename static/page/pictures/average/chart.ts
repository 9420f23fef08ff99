/**
 * The memory of an average, in three rows over the same steps: its weights laid end to end, which shows how far they
 * sum to 1; the weight of each past value; and the values with their average.
 */

import { spansOf } from "../../marks/letters.ts";
import { widthOf } from "../../marks/look.ts";
import {
  bars,
  type GroupMark,
  group,
  type Ink,
  inPixels,
  type Mark,
  type Place,
  parted,
  path,
  runInk,
  runMarker,
  segment,
  uprights,
  words,
} from "../../marks/mark.ts";
import { createPicture, type StillLayout, type Themed } from "../../marks/picture.ts";
import { type Box, boxWithin, moveApart } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import type { Interval } from "../../state/types.ts";
import type { Letter } from "../../words/symbol.ts";
import type { Sized } from "../chart/lineChart.ts";
import {
  type Axis,
  countAxis,
  evenAxis,
  type PlotArea,
  rangeOf,
  seriesLine,
  stepAt,
  stepSide,
  valueSide,
  xOf,
  yOf,
} from "../chart/plot.ts";
import { sumRow, termWords, weightBars, windowBracket } from "./weights.ts";

/** one value for each step, from step 1; name: beside its end */
type AverageLine = { values: Float64Array; dash: number[]; strong: boolean; name: string; letter: Letter };

export interface AverageMemory extends Themed {
  /** of the steps from 1 on */
  values: Float64Array;
  /** averages of the values; the last one is the one whose weights are shown */
  lines: AverageLine[];
  /** whether values are bars from 0; else they are dots */
  bars: boolean;
  /** the name of a step */
  unit: string;
  /** the step whose average is shown as a sum */
  t: number;
  /** the last step that is drawn */
  until: number;
  /** the first and the last step in sight */
  steps: [number, number];
  beta: number;
  /** weight of the newest value, before any correction */
  first: number;
  /** whether every weight is divided by 1 - beta^t */
  corrected: boolean;
  /** the letter of the averaged quantity */
  input: Letter;
  /** its power, such as "²" */
  raised: string;
  /** the slot of the run */
  slot: number;
}

/** the area of the values, and the rows above it */
interface Rows extends PlotArea {
  sum: Box;
  weights: Box;
  /** the width of a step's bar, in pixels */
  bar: number;
}

export type Plot = AverageMemory & Sized & Rows;

const MARGIN = { left: 52, right: 76, top: 18, bottom: 22 };
/** Pixels at the right for the names of lines and their leaders. */
const NAMES = 104;
const SUM = 10;
/** Pixels between the rows; the second has a bracket above it. */
const GAPS = { bracket: 26, values: 10 };
/** The share of the remaining height for the weights. */
const WEIGHTS = 0.4;

function valuesAxis({ values, lines, steps, bars }: AverageMemory, height: number): Axis {
  const { least, most } = rangeOf([{ values, first: 1 }, ...lines.map((line) => ({ ...line, first: 1 }))], steps);
  const from = bars ? 0 : Infinity;
  const [low, high] = Number.isFinite(least) ? [Math.min(from, least), Math.max(-from, most)] : [0, 1];
  const margin = 0.06 * (high - low || 1);
  // Bars stand on 0, and need no room below it.
  const ends: Interval = [low < 0 || !bars ? low - margin : low, high > 0 || !bars ? high + margin : high];
  return evenAxis(ends, Math.max(3, Math.floor(height / 26)));
}

function rowsOf(content: AverageMemory & Sized): Rows {
  const { lines, steps, size, look } = content;
  const { scale } = look;
  const right = lines.some(({ name }) => name) ? NAMES : MARGIN.right;
  const { left, top, width, height } = boxWithin(size, { ...MARGIN, right }, scale);
  const sum = { left, top, width, height: SUM * scale };
  const over = (SUM + GAPS.bracket) * scale;
  const space = height - over - GAPS.values * scale;
  const weights = { left, top: top + over, width, height: space * WEIGHTS };
  const below = weights.top + weights.height + GAPS.values * scale;
  const box = { left, top: below, width, height: space * (1 - WEIGHTS) };
  return {
    sum,
    weights,
    box,
    x: countAxis([steps[0] - 0.5, steps[1] + 0.5], width / scale),
    y: valuesAxis(content, box.height / scale),
    bar: Math.max(1, (width / (steps[1] - steps[0] + 1)) * 0.76),
  };
}

export function averageLayout(content: AverageMemory & Sized): Plot & StillLayout {
  const plot = { ...content, ...rowsOf(content) };
  const marks = [
    windowBracket(plot),
    valueSide(plot),
    stepSide(plot, plot.look, plot.unit, plot.size.width),
    group(seriesMarks(plot)),
    stepLine(plot),
    group(plot.lines.map((line) => averageLine(plot, line))),
    group(heads(plot)),
    names(plot),
    legend(plot),
    sumRow(plot),
    weightBars(plot),
    termWords(plot),
  ];
  return { ...plot, marks };
}

/** @param onChoose  called with the step whose average is to be shown */
export const createMemory = (onChoose: (t: number) => void) =>
  createPicture<AverageMemory, Plot & StillLayout>({
    least: { width: 180, height: 120 },
    layOut: averageLayout,
    onHold: (plot, left) => onChoose(Math.min(plot.values.length, Math.max(1, stepAt(plot, left)))),
  });

/** The least opacity of a value, so that one of weight 0 is still visible. */
const FAINT = 0.18;
/** Pixels from the end of a line to its name, if there are several. */
const LEAD = 22;

const inkOf = ({ strong }: AverageLine): Ink => (strong ? "ink" : "ink2");

/** The number of opacities, with a path for each, as this is drawn at every step. */
const SHADES = 24;

function seriesMarks({ values, bars: asBars, t, until, beta, steps: [from, to], slot, x, box }: Plot): Mark[] {
  const half = 0.38;
  const least = (x.valueAt(1) - x.valueAt(0)) / box.width / 2;
  const wide = Math.max(half, least);
  const shades: Map<number, number[]> = new Map();
  for (let step = Math.max(1, from); step <= Math.min(to, until); step++) {
    if (!Number.isFinite(values[step - 1])) continue;
    const shade = step > t ? -1 : Math.round(SHADES * beta ** (t - step));
    shades.set(shade, [...(shades.get(shade) ?? []), step]);
  }
  return [...shades].map(([shade, steps]) => {
    const [ink, opacity]: [Ink, number] =
      shade < 0 ? ["ink3", 0.25] : [runInk(slot), FAINT + ((1 - FAINT) * shade) / SHADES];
    const heights = steps.map((step) => values[step - 1]);
    if (asBars)
      return bars(
        steps.map((step, k) => [step - wide, step + wide, 0, heights[k]]),
        { fill: ink, opacity },
      );
    const dots = parted(steps.map((step, k): Place[] => [[step, heights[k]]]));
    return path(dots, { stroke: ink, width: 3.8, round: true, opacity });
  });
}

function averageLine({ steps, until, box }: Plot, line: AverageLine): GroupMark {
  const { strong, dash } = line;
  const drawn = seriesLine({ values: line.values.subarray(0, until), first: 1 }, steps, {
    stroke: inkOf(line),
    width: strong ? 2.2 : 1.3,
    dash,
    casing: dash.length ? undefined : { stroke: "casing", width: strong ? 4.2 : 3.2 },
  });
  return group([drawn], { clip: { ...box, left: box.left - 2, width: box.width + 4 } });
}

const heads = ({ lines, t }: Plot): Mark[] =>
  lines.map((line) => runMarker([t, line.values[t - 1]], 0, line.strong ? 4 : 2.8, false, inkOf(line)));

/** The name of each average at the end of its line, with its value: beta where there are several, else the letter. */
function names(plot: Plot): GroupMark {
  const { lines, t, until, steps, look, box, size } = plot;
  const { scale } = look;
  const to = Math.min(steps[1], until);
  const end = Math.min(xOf(plot, to), box.left + box.width);
  const lead = lines.some(({ name }) => name) ? LEAD * scale : 0;
  const x = end + 6 + lead;
  const heights = lines.map(({ values }) => yOf(plot, values[to - 1]) || box.top);
  const ends = heights.map((y) => ({ y }));
  moveApart(ends, 15 * scale, box.top + 2, box.top + box.height - 8 * scale);
  const marks = lines.flatMap((line, k): Mark[] => {
    const { name, letter, dash, strong, values } = line;
    const [fill, y] = [inkOf(line), ends[k].y];
    if (name)
      return [
        segment([end + 2, heights[k]], [x - 3, y], { stroke: fill, width: strong ? 1.6 : 1.2, dash }),
        words([x, y], name, { weight: strong ? 600 : 400, fill }),
      ];
    const [value, spans] = [formatMeasured(values[t - 1]), spansOf(letter)];
    const after = x + widthOf(look, spans, LETTER) + 6;
    return [
      words([x, y], spans, { ...LETTER, fill }),
      ...(after + widthOf(look, value) < size.width ? [words([after, y], value, { fill })] : []),
    ];
  });
  return inPixels(marks);
}

/** The type of a letter at the end of its line. */
const LETTER = { size: 13 };

/** The legend of the bars. */
const legend = ({ input, raised, look, bars: asBars, box }: Plot): GroupMark => {
  const at: Place = [box.left - 50 * look.scale, box.top];
  const style = { size: 14, fill: "ink", shift: [0, asBars ? 8 : 6] } as const;
  return inPixels([words(at, spansOf({ ...input, stem: input.stem + raised }), style)]);
};

/** A line through all rows at the step that is shown. */
function stepLine(plot: Plot): GroupMark {
  const { t, weights, box } = plot;
  const x = xOf(plot, t);
  const style = { crisp: true, stroke: "ink", strokeOpacity: 0.5 } as const;
  return inPixels([uprights([[x, weights.top + weights.height, box.top + box.height]], style)]);
}
