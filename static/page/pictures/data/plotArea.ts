/** The layout of the chart of the data: the box of the points, and below it the strip of their contributions. */

import { type Scale, valueX, valueY } from "../../marks/scales.ts";
import { type Box, boxWithin, type Size } from "../../math/box.ts";
import { type Point, rawLine } from "../../math/fit.ts";
import { snapped } from "../../math/ticks.ts";
import { isLossRising } from "../../state/columns.ts";
import type { Run } from "../../state/types.ts";
import { evenAxis, type PlotArea } from "../chart/plot.ts";
import type { DataContent } from "./index.ts";

/** the box of the points, and the strip below */
export interface DataArea extends PlotArea {
  /** below the points, on the same x */
  strip: Box | null;
  /** nominal pixels by which the title of x stands lower than the numbers */
  titleRow: number;
}

/** The left edge of words at the left of the chart, in line with the heading. */
export const EDGE = 8;
/** With more points than this residuals and contributions have no numbers. */
export const NUMBERED = 8;
/** Opacity of the others while one is highlighted. */
export const REST = 0.32;
const MARGIN = { left: 46, right: 14, top: 22, bottom: 21 };
/** A title longer than this share of the width, at so many pixels a letter, has a row of its own below the numbers. */
const TITLE = { share: 0.3, letter: 6, row: 16 };
/** The height of a strip, and the space above it for its words, in nominal pixels. */
const STRIP = { height: 40, above: 20 };

/** With less height than this there is no strip; the working has the contributions. */
const LOW = 200;

/**
 * The range of the points in x, and 0, where the intercept is read, unless that is farther from them than they are from
 * each other.
 */
function rangeOf(points: Point[]): [number, number] {
  const xs = points.map(([x]) => x);
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const far = Math.max(low, -high) > high - low;
  return far ? [low, high] : [Math.min(0, low), Math.max(0, high)];
}

/** @param span  further values to include @returns the range, with a margin on either side */
function spread(values: number[], span?: [number, number]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low || Math.abs(high) || 1) * 0.18;
  return [(span?.[0] ?? low) - margin, (span?.[1] ?? high) + margin];
}

/**
 * @param withStrip  whether there is to be a strip, if it has room
 * @param scale  of the type
 * @param span  the range of the lines in y, where it exceeds that of the points
 */
export function plotAreaOf(
  { points, xLabel }: { points: Point[]; xLabel: string },
  { width, height }: Size,
  withStrip: boolean,
  scale: number,
  span?: [number, number],
): DataArea {
  const strip = withStrip && height >= LOW * scale;
  const under = strip ? STRIP.height + STRIP.above : 0;
  const wide = width - MARGIN.left * scale - MARGIN.right;
  const titleRow = xLabel.length * TITLE.letter * scale > TITLE.share * wide ? TITLE.row : 0;
  const margin = { ...MARGIN, right: MARGIN.right / scale, bottom: MARGIN.bottom + titleRow + under };
  const box = boxWithin({ width, height }, margin, scale);
  const ys = points.map((point) => point[1]);
  return {
    box,
    titleRow,
    strip: strip ? { ...box, top: box.top + box.height + STRIP.above * scale, height: STRIP.height * scale } : null,
    x: evenAxis(spread(rangeOf(points)), box.width / (62 * scale)),
    y: evenAxis(spread(ys, span), box.height / (26 * scale)),
  };
}

/** With less height than this there is no room for names beside the points. */
export const isLow = ({ box }: DataArea, scale: number) => box.height < 130 * scale;

/** The bottom of the chart. */
export const bottomOf = ({ box, strip }: DataArea) => (strip ?? box).top + (strip ?? box).height;

/** @returns the values at a pixel, rounded to what a pixel can resolve */
export function pointAt(area: DataArea, left: number, top: number): Point {
  const { box, x, y } = area;
  const perPixel = ({ valueAt }: Scale, pixels: number) => (valueAt(1) - valueAt(0)) / pixels;
  return [snapped(valueX(area, left), perPixel(x, box.width)), snapped(valueY(area, top), perPixel(y, box.height))];
}

/** @returns whether a point is within the axes */
export const isInArea = ({ x, y }: DataArea, at: Point): boolean =>
  [x.place(at[0]), y.place(at[1])].every((share) => share >= 0 && share <= 1);

/** A line farther from the data than so many times their range is cut off. */
const FARTHEST = 2;
/** The axes grow in steps of this share of the range, so that they do not follow every move of a slider. */
const GRAIN = 0.25;

/**
 * The height of the line at an x, which is affine in the parameters.
 * @returns in raw units
 */
function heightAt({ points, standardized }: DataContent, x: number): (slope: number, intercept: number) => number {
  const at = (...parameters: number[]) => {
    const { slope, intercept } = rawLine(points, parameters, standardized);
    return slope * x + intercept;
  };
  const [origin, unitSlope, unitIntercept] = [at(0, 0), at(1, 0), at(0, 1)];
  return (slope, intercept) => origin + slope * (unitSlope - origin) + intercept * (unitIntercept - origin);
}

/** Only the start of a run that diverges: the rest would leave the data no space. */
const rowsOf = (run: Run) =>
  run.end?.stop_reason === "diverged" || isLossRising(run) ? Math.min(1, run.length) : run.length;

/** @returns the range of the data, and of the lines over the range in x */
export function spanOf(content: DataContent, runs: Run[]): [number, number] {
  const ys = content.points.map((point) => point[1]);
  const [least, most] = [Math.min(...ys), Math.max(...ys)];
  const spread = most - least || Math.abs(most) || 1;
  // A straight line is farthest from the data at an end.
  const ends = rangeOf(content.points).map((x) => heightAt(content, x));
  let [below, above] = [0, 0];
  for (const run of runs.filter(({ hidden }) => !hidden)) {
    const [slopes, intercepts] = run.columns.parameters;
    for (let row = 0; row < rowsOf(run); row++) {
      for (const height of ends) {
        const at = height(slopes[row], intercepts[row]);
        const [under, over] = [(least - at) / spread, (at - most) / spread];
        if (under <= FARTHEST) below = Math.max(below, under);
        if (over <= FARTHEST) above = Math.max(above, over);
      }
    }
  }
  const grown = (share: number) => Math.ceil(share / GRAIN - 1e-9) * GRAIN * spread;
  return [least - grown(below), most + grown(above)];
}
