/**
 * The memory of an average: the chart of the values with their averages, and over it, on the same steps, the weights
 * laid end to end, which shows how far they sum to 1, and the weight of each past value.
 */

import { spansOf } from "../../marks/letters.ts";
import {
  bars,
  type GroupMark,
  group,
  type Ink,
  inPixels,
  joinedLines,
  type Mark,
  type Place,
  path,
  runInk,
  words,
} from "../../marks/mark.ts";
import type { Themed } from "../../marks/picture.ts";
import type { Box } from "../../math/box.ts";
import type { Interval } from "../../state/types.ts";
import type { AverageMeaning } from "../../words/memory.ts";
import type { Letter } from "../../words/symbol.ts";
import { type LineChart, lineChartOf, type PlacedChart, type Sized } from "../chart/lineChart.ts";
import { type Axis, type ChartLine, countAxis, evenAxis, rangeOf } from "../chart/plot.ts";
import { sumRow, termWords, weightBars, windowBracket } from "./weights.ts";

export interface AverageMemory extends Themed, Pick<AverageMeaning, "t" | "beta" | "first" | "corrected"> {
  /** of the steps from 1 on */
  values: Float64Array;
  /** averages of the values, from step 1 on; the last one is the one whose weights are shown */
  lines: ChartLine[];
  /** whether values are bars from 0; else they are dots */
  bars: boolean;
  /** the name of a step */
  unit: string;
  /** the last step that is drawn */
  until: number;
  /** the first and the last step in sight */
  steps: [number, number];
  /** the letter of the averaged quantity */
  input: Letter;
  /** its power, such as "²" */
  raised: string;
  /** the slot of the run */
  slot: number;
}

/** The chart of the values, and the rows over it. */
export interface MemoryChart extends AverageMemory, PlacedChart {
  lines: ChartLine[];
  steps: [number, number];
  sum: Box;
  weights: Box;
  /** the width of a step's bar, in pixels */
  bar: number;
}

/** Nominal pixels over the rows, and that the chart leaves below it and at its top. */
const MARGIN = { top: 18, bottom: 22, chart: 12 };
/** Nominal pixels: of the first row, and below each; there is a bracket over the second. */
const SUM = 10;
const GAPS = { bracket: 26, values: 10 };
/** The share of the remaining height for the weights. */
const WEIGHTS = 0.4;
/** Nominal pixels between the numbers and the chart. */
const STRIP = 6;

function valuesAxis({ values, lines, steps, bars }: AverageMemory, height: number): Axis {
  const { least, most } = rangeOf([{ values, first: 1 }, ...lines], steps);
  const from = bars ? 0 : Infinity;
  const [low, high] = Number.isFinite(least) ? [Math.min(from, least), Math.max(-from, most)] : [0, 1];
  const margin = 0.06 * (high - low || 1);
  // Bars stand on 0, and need no room below it.
  const ends: Interval = [low < 0 || !bars ? low - margin : low, high > 0 || !bars ? high + margin : high];
  return evenAxis(ends, Math.max(3, Math.floor(height / 26)));
}

export function memoryChartOf(content: AverageMemory & Sized): LineChart {
  const { lines, steps, until, unit, size, look } = content;
  const { scale } = look;
  const over = MARGIN.top + SUM + GAPS.bracket;
  const high = WEIGHTS * Math.max(0, size.height / scale - over - GAPS.values - MARGIN.bottom);
  function withRows(chart: PlacedChart): MemoryChart {
    const { left, width } = chart.box;
    const row = (top: number, height: number): Box => ({ left, top: top * scale, width, height: height * scale });
    return {
      ...content,
      ...chart,
      steps,
      sum: row(MARGIN.top, SUM),
      weights: row(over, high),
      bar: Math.max(1, (width / (steps[1] - steps[0] + 1)) * 0.76),
    };
  }
  return lineChartOf({
    lines: lines.map((line) => ({ ...line, values: line.values.subarray(0, until) })),
    steps,
    size,
    look,
    title: unit,
    strip: STRIP,
    head: over + high + GAPS.values - MARGIN.chart,
    showsValues: "always",
    x: (width) => countAxis([steps[0] - 0.5, steps[1] + 0.5], width),
    y: (height) => valuesAxis(content, height),
    behind(chart) {
      const memory = withRows(chart);
      return [windowBracket(memory), group(seriesMarks(memory)), legend(memory)];
    },
    inFront(chart) {
      const memory = withRows(chart);
      return [sumRow(memory), weightBars(memory), termWords(memory)];
    },
  });
}

/** The least opacity of a value, so that one of weight 0 is still visible. */
const FAINT = 0.18;
/** The number of opacities, with a path for each, as this is drawn at every step. */
const SHADES = 24;

function seriesMarks({ values, bars: asBars, t, until, beta, steps: [from, to], slot, x, box }: MemoryChart): Mark[] {
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
    const dots = joinedLines(steps.map((step, k): Place[] => [[step, heights[k]]]));
    return path(dots, { stroke: ink, width: 3.8, round: true, opacity });
  });
}

/** The legend of the bars. */
const legend = ({ input, raised, look, bars: asBars, box }: MemoryChart): GroupMark => {
  const at: Place = [box.left - 50 * look.scale, box.top];
  const style = { size: 14, fill: "ink", shift: [0, asBars ? 8 : 6] } as const;
  return inPixels([words(at, spansOf({ ...input, stem: input.stem + raised }), style)]);
};
