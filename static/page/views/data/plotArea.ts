/** Where things stand in the chart of the data: the box of the points, under it the strip of what each point adds. */
import { snapped } from "../../math/scales.ts";
import type { Box } from "../chart/svg.ts";

export type Point = [number, number];

export interface PlotArea {
  /** of the points */
  box: Box;
  /** under it, on the same x */
  strip: Box | null;
  /** by how much the title of x stands lower than the figures */
  titleRow: number;
  /** low and high */
  x: [number, number];
  y: [number, number];
}

/** Where words begin that stand at the left of the chart: in line with the heading above it. */
export const EDGE = 8;
const MARGIN = { left: 46, right: 14, top: 22, bottom: 21 };
/** A longer title stands in a row of its own under the figures: of the width, at about so many pixels a letter. */
const TITLE = { share: 0.3, letter: 6, row: 16 };
/** Its height, and the room above it for what it shows. */
const STRIP = { height: 40, above: 20 };

/** Less height than this leaves the strip to the rows of the working. */
const LOW = 200;

/** @param reach  beyond them @returns with some room on either side */
function spread(values: number[], reach?: [number, number]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.18;
  return [(reach?.[0] ?? low) - room, (reach?.[1] ?? high) + room];
}

/**
 * @param wanted  whether there is to be a strip, where it has room
 * @param scale  of type
 * @param reach  of the lines in y, where they go beyond the points
 */
export function plotAreaOf(
  { points, xLabel }: { points: Point[]; xLabel: string },
  { width, height }: { width: number; height: number },
  wanted: boolean,
  scale: number,
  reach?: [number, number],
): PlotArea {
  const strip = wanted && height >= LOW * scale;
  const under = strip ? (STRIP.height + STRIP.above) * scale : 0;
  const [left, top] = [MARGIN.left * scale, MARGIN.top * scale];
  const wide = width - left - MARGIN.right;
  const titleRow = xLabel.length * TITLE.letter * scale > TITLE.share * wide ? TITLE.row * scale : 0;
  const box = { left, top, width: wide, height: height - top - MARGIN.bottom * scale - titleRow - under };
  return {
    box,
    titleRow,
    strip: strip ? { ...box, top: top + box.height + STRIP.above * scale, height: STRIP.height * scale } : null,
    x: spread(points.map((point) => point[0])),
    y: spread(points.map((point) => point[1]), reach),
  };
}

/** Less height than this leaves no room for names beside the points. */
export const isLow = ({ box }: PlotArea, scale: number) => box.height < 130 * scale;

/** Of the lowest part. */
export const bottomOf = ({ box, strip }: PlotArea) => (strip ?? box).top + (strip ?? box).height;

export const xOf = ({ box, x }: PlotArea, value: number) => box.left + ((value - x[0]) / (x[1] - x[0])) * box.width;

export const yOf = ({ box, y }: PlotArea, value: number) => box.top + (1 - (value - y[0]) / (y[1] - y[0])) * box.height;

/** @returns to the last digit a pixel can tell apart */
export const pointAt = ({ box, x, y }: PlotArea, px: number, py: number): Point => [
  snapped(x[0] + ((px - box.left) / box.width) * (x[1] - x[0]), (x[1] - x[0]) / box.width),
  snapped(y[0] + (1 - (py - box.top) / box.height) * (y[1] - y[0]), (y[1] - y[0]) / box.height),
];

/** @returns whether a point is within what the axes show */
export const isWithin = ({ x, y }: PlotArea, at: Point): boolean => at[0] >= x[0] && at[0] <= x[1] && at[1] >= y[0] && at[1] <= y[1];
