/**
 * What an average remembers, in three rows over the same steps: the weights laid end to end, which show how far they
 * add up to 1; the weight that each past value has; the values, and the average that they make.
 */

import { group, type Mark } from "../../marks/mark.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import type { Box } from "../../math/box.ts";
import { memo } from "../../reads.ts";
import type { Letter } from "../../words/symbol.ts";
import { type Axis, countAxis, evenAxis } from "../chart/axes.ts";
import type { Sized } from "../chart/lineChart.ts";
import { type PlotArea, rangeOf, stepAt } from "../chart/lines.ts";
import { stepSide, valueSide } from "../chart/sides.ts";
import { averageLine, heads, legend, names, seriesMarks, stepLine } from "./values.ts";
import { sumRow, termWords, weightBars, windowBracket } from "./weights.ts";

/** one value a step, from step 1; name: beside its end */
export type AverageLine = { values: Float64Array; dash: number[]; strong: boolean; name: string; letter: Letter };

export interface AverageMemory extends Themed {
  /** of the steps from 1 on */
  values: Float64Array;
  /** averages of them, the one that is taken apart last */
  lines: AverageLine[];
  /** the values stand on 0; else they are dots */
  bars: boolean;
  /** what the steps are called */
  unit: string;
  /** the step whose average is taken apart */
  t: number;
  /** the last step that is drawn */
  until: number;
  /** in sight */
  steps: [number, number];
  beta: number;
  /** weight of the newest value, before any correction */
  first: number;
  /** every weight is divided by 1 - beta^t */
  corrected: boolean;
  /** what is averaged */
  of: Letter;
  /** its power, such as "²" */
  raised: string;
  /** of the run */
  slot: number;
}

/** of the values, with the rows above them */
interface Rows extends PlotArea {
  sum: Box;
  weights: Box;
  /** pixels of one step's bar */
  bar: number;
}

export type Plot = AverageMemory & Sized & Rows;

const MARGIN = { left: 52, right: 76, top: 18, bottom: 22 };
/** At the right, where lines have names and what leads to them. */
const NAMES = 104;
const SUM = 10;
/** Between the rows, where the second has a bracket above it. */
const GAPS = { bracket: 26, values: 10 };
/** Of what is left, the weights take this share. */
const WEIGHTS = 0.4;

function valuesAxis({ values, lines, steps, bars }: AverageMemory, height: number): Axis {
  const all = [{ values }, ...lines].map((each) => ({ values: each.values, first: 1 }));
  const { least, most } = rangeOf(all, steps);
  const [low, high] = Number.isFinite(least)
    ? [bars ? Math.min(0, least) : least, bars ? Math.max(0, most) : most]
    : [0, 1];
  const room = 0.06 * (high - low || 1);
  return evenAxis(
    [low < 0 || !bars ? low - room : low, high > 0 || !bars ? high + room : high],
    Math.max(3, Math.floor(height / 26)),
  );
}

function rowsOf(given: AverageMemory & Sized): Rows {
  const { lines, steps, size, look } = given;
  const { scale } = look;
  const left = MARGIN.left * scale;
  const right = lines.some(({ name }) => name) ? NAMES : MARGIN.right;
  const width = size.width - left - right * scale;
  const sum = { left, top: MARGIN.top * scale, width, height: SUM * scale };
  const top = sum.top + sum.height + GAPS.bracket * scale;
  const room = size.height - top - (GAPS.values + MARGIN.bottom) * scale;
  const weights = { left, top, width, height: room * WEIGHTS };
  const box = { left, top: top + weights.height + GAPS.values * scale, width, height: room * (1 - WEIGHTS) };
  const x = countAxis([steps[0] - 0.5, steps[1] + 0.5], width / scale);
  return {
    sum,
    weights,
    box,
    x,
    y: valuesAxis(given, box.height / scale),
    bar: Math.max(1, (width / (steps[1] - steps[0] + 1)) * 0.76),
  };
}

/** The rows stay where they are while the same steps are in sight. */
export function createPlot(): (given: AverageMemory & Sized) => Plot {
  const rows = memo(rowsOf);
  return (given) => ({ ...given, ...rows(given) });
}

/** @returns makes the marks, those of the sides again only where what they read is another */
export function createAverageMarks(): (plot: Plot) => Mark[] {
  const sidesOf = memo((plot: Plot) => group([valueSide(plot), stepSide(plot, plot.look, plot.unit, plot.size.width)]));
  return (plot) => [
    windowBracket(plot),
    sidesOf(plot),
    group(seriesMarks(plot)),
    stepLine(plot),
    group(plot.lines.map((one) => averageLine(plot, one))),
    group(heads(plot)),
    names(plot),
    legend(plot),
    sumRow(plot),
    weightBars(plot),
    termWords(plot),
  ];
}

/** @param onChoose  a step to be taken apart */
export const createMemory = (onChoose: (t: number) => void) =>
  createPicture<AverageMemory, Plot>({
    least: { width: 180, height: 120 },
    layOut: createPlot(),
    marks: createAverageMarks(),
    onHold: (plot, left) => onChoose(Math.min(plot.values.length, Math.max(1, stepAt(plot, left)))),
  });
