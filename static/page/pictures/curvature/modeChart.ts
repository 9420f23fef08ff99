/** The distance of a run from the minimum along each direction of a quadratic: seen as lines, predicted as dots. */

import { group, type Mark } from "../../marks/mark.ts";
import type { Themed } from "../../marks/picture.ts";
import type { Interval, Run, Wire } from "../../state/types.ts";
import { cutOff, type LineChart, lineChartOf, type Sized } from "../chart/lineChart.ts";
import { evenAxis, rangeOf, seriesLine } from "../chart/plot.ts";

interface ModePath {
  measured: Float64Array;
  predicted: Float64Array;
}

interface ModeContent extends Themed {
  path: ModePath;
  slot: number;
  steps: Interval;
}

/** A run with less than this share of its distance left has arrived. */
const THERE = 0.01;
/** Steps that are shown at the least. */
const LEAST = 20;
/** Above and below, as a share of the height. */
const MARGIN = 0.06;
/** Dots: nominal pixels across, and from one to the next. */
const DOTS = { width: 2.4, apart: 5 };

/**
 * By d·(w − w0) + d·g0 / curvature: a gradient is the curvature times the distance, along each direction d.
 * @param predicted  the path by the modes alone, a column for each parameter
 * @returns of each direction; null: of no map, or the gradient has not come
 */
export function modePaths(
  { columns: { parameters, gradient }, length }: Pick<Run, "columns" | "length">,
  predicted: number[][],
  modes: Pick<Wire["Mode"], "eigenvalue" | "direction">[],
): ModePath[] | null {
  if (!gradient?.every((column) => column.length)) return null;
  const start = parameters.map((column) => column[0]);
  const paths = modes.flatMap(({ eigenvalue, direction }): ModePath[] => {
    if (!direction) return [];
    const along = (valueAt: (k: number) => number) => direction.reduce((sum, part, k) => sum + part * valueAt(k), 0);
    const first = along((k) => gradient[k][0]) / eigenvalue;
    const path = (columns: ArrayLike<number>[], rows: number) =>
      Float64Array.from({ length: rows }, (_, row) => first + along((k) => columns[k][row] - start[k]));
    return [{ measured: path(parameters, length), predicted: path(predicted, predicted[0].length) }];
  });
  return paths.length === modes.length ? paths : null;
}

/** @returns steps until it is there along all directions */
export function stepsToShow(paths: ModePath[]): Interval {
  const last = Math.max(...paths.map(({ measured }) => measured.length - 1));
  const lastAway = paths.map(({ measured }) => {
    const most = measured.reduce((far, value) => Math.max(far, Math.abs(value)), 0);
    return measured.findLastIndex((value) => Math.abs(value) > THERE * most);
  });
  return [0, Math.min(last, Math.max(LEAST, ...lastAway))];
}

export function modeChartOf({
  path: { measured, predicted },
  slot,
  steps,
  size,
  look,
}: ModeContent & Sized): LineChart {
  const dotted = { stroke: "ink", width: DOTS.width, dash: [0.01, DOTS.apart], round: true, of: "predicted" } as const;
  return lineChartOf({
    lines: [{ values: measured, first: 0, run: 0, quantity: "distance", slot, name: "" }],
    steps,
    size,
    look,
    y(height) {
      const { least, most } = rangeOf([{ values: measured, first: 0 }], steps);
      const [low, high] = [Math.min(0, least), Math.max(0, most)];
      const margin = MARGIN * (high - low || 1);
      return evenAxis([low - margin, high + margin], Math.max(2, Math.floor(height / 28)));
    },
    inFront: (chart): Mark[] => [
      group([seriesLine({ values: predicted, first: 0 }, steps, dotted)], { clip: cutOff(chart) }),
    ],
  });
}
