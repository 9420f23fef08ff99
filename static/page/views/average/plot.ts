/**
 * What an average remembers, in three rows over the same steps: the weights laid end to end, which show how far they
 * add up to 1; the weight that each past value has; the values, and the average that they make.
 */

import type { Look } from "../../marks/look.ts";
import type { Box, Size } from "../../math/box.ts";
import type { ThemeName } from "../../math/palette.ts";
import { memo } from "../../reads.ts";
import type { Letter } from "../../words/symbol.ts";
import { type Axis, countAxis, evenAxis } from "../chart/axes.ts";
import { type PlotArea, rangeOf } from "../chart/lines.ts";

/** one value a step, from step 1; name: beside its end */
export type AverageLine = { values: Float64Array; dash: number[]; strong: boolean; name: string; letter: Letter };

export interface AverageMemory {
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
  title: string;
  /** of the run */
  slot: number;
  theme: ThemeName;
  /** of type and lines */
  scale: number;
}

type SizedMemory = { memory: AverageMemory; size: Size; look: Look };

/** of the values, with the rows above them */
interface Rows extends PlotArea {
  sum: Box;
  weights: Box;
  /** pixels of one step's bar */
  bar: number;
}

export type Plot = Rows & { memory: AverageMemory & { look: Look }; size: Size };

const MARGIN = { left: 52, right: 76, top: 18, bottom: 22 };
/** At the right, where lines have names and what leads to them. */
const NAMES = 104;
const SUM = 10;
/** Between the rows, where the second has a bracket above it. */
const GAPS = { bracket: 26, values: 10 };
/** Of what is left, the weights take this share. */
const WEIGHTS = 0.4;

function valuesAxis({ values, lines, steps, bars }: AverageMemory, height: number): Axis {
  const { least, most } = rangeOf(
    [values, ...lines.map((line) => line.values)].map((each) => ({ values: each, first: 1 })),
    steps,
  );
  const [low, high] = Number.isFinite(least)
    ? [bars ? Math.min(0, least) : least, bars ? Math.max(0, most) : most]
    : [0, 1];
  const room = 0.06 * (high - low || 1);
  return evenAxis(
    [low < 0 || !bars ? low - room : low, high > 0 || !bars ? high + room : high],
    Math.max(3, Math.floor(height / 26)),
  );
}

function rowsOf({ memory, size, look: { scale } }: SizedMemory): Rows {
  const {
    steps: [from, to],
  } = memory;
  const left = MARGIN.left * scale;
  const right = memory.lines.some(({ name }) => name) ? NAMES : MARGIN.right;
  const width = size.width - left - right * scale;
  const sum = { left, top: MARGIN.top * scale, width, height: SUM * scale };
  const top = sum.top + sum.height + GAPS.bracket * scale;
  const room = size.height - top - (GAPS.values + MARGIN.bottom) * scale;
  const weights = { left, top, width, height: room * WEIGHTS };
  const box = { left, top: top + weights.height + GAPS.values * scale, width, height: room * (1 - WEIGHTS) };
  const x = countAxis([from - 0.5, to + 0.5], width / scale);
  return {
    sum,
    weights,
    box,
    x,
    y: valuesAxis(memory, box.height / scale),
    bar: Math.max(1, (width / (to - from + 1)) * 0.76),
  };
}

/** The rows stay where they are while the same steps are in sight. */
export function createPlot(): (given: SizedMemory) => Plot {
  const rows = memo(rowsOf, "memory");
  return (given) => ({ ...rows(given), size: given.size, memory: { ...given.memory, look: given.look } });
}
