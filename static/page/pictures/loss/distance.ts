/** The share of the distance to a minimum that runs have left, on a logarithmic axis, beside that in other valleys. */

import { inPixels, type Mark, runMarker, STRONG, segment, words } from "../../marks/mark.ts";
import { formatExact } from "../../math/format.ts";
import type { EvidenceOf, Run, Scene } from "../../state/types.ts";
import { type LineChart, lineChartOf, type PlacedChart, type Sized } from "../chart/lineChart.ts";
import { type ChartLine, countAxis, logAxis, xOf, yOf } from "../chart/plot.ts";
import { besideNumbers } from "./evidenceInChart.ts";

/** told: where the share is reached, and by the others */
export type DistanceContent = { scene: Scene; left: EvidenceOf<"left">; showsAnswer: boolean };

/** The chart goes this many times below the share. */
const BELOW = 15;

/** The values down to the floor of the chart. */
function cut(values: Float64Array, floor: number): Float64Array {
  const below = values.findIndex((value) => value < floor);
  return below < 0 ? values : values.subarray(0, below + 1);
}

/** @returns of each row */
function sharesLeft({ columns: { parameters }, length }: Run, at: readonly number[]): Float64Array {
  const distance = (row: number) => Math.hypot(...parameters.map((column, k) => column[row] - at[k]));
  return Float64Array.from({ length }, (_, row) => distance(row) / distance(0));
}

function linesOf({ scene, left, showsAnswer }: DistanceContent, runs: Run[], last: number): ChartLine[] {
  const floor = left.share / BELOW;
  const lineOf = (values: Float64Array, line: Pick<ChartLine, "quantity" | "run" | "slot" | "name">): ChartLine => ({
    ...line,
    values: cut(values, floor),
    first: 0,
  });
  const runLines = runs.flatMap((run, index) =>
    run.hidden || !run.length
      ? []
      : [lineOf(sharesLeft(run, left.at), { quantity: "run", run: index, slot: run.slot, name: run.short })],
  );
  const compared = (showsAnswer ? left.kept : []).map((factor, index) => {
    const values = Float64Array.from({ length: last + 1 }, (_, step) => factor ** step);
    return lineOf(values, {
      quantity: "other",
      run: scene.shownRuns.length + index,
      slot: null,
      name: left.texts[index],
    });
  });
  return [...compared, ...runLines];
}

/** @returns of each line that comes to the share, when; it has no fewer steps than the chart */
const flagsOf = (lines: ChartLine[], { left, showsAnswer }: DistanceContent) =>
  showsAnswer
    ? lines.flatMap(({ values, slot }) => {
        const step = values.findIndex((value) => value <= left.share);
        return step < 0 ? [] : [{ step, slot }];
      })
    : [];

function marksOf(content: DistanceContent, chart: PlacedChart): Mark[] {
  const { box, look, lines } = chart;
  const { share } = content.left;
  const [y, right, bottom] = [yOf(chart, share), box.left + box.width, box.top + box.height];
  const beside = { ...STRONG, anchor: "end", of: "share" } as const;
  const level = [
    segment([box.left, y], [right, y], { stroke: "ink", width: 1.4, dash: [1.4, 4.2] }),
    words([box.left - 7 * look.scale, y], formatExact(share), beside),
  ];
  const flags = flagsOf(lines, content).flatMap(({ step, slot }): Mark[] => {
    const x = xOf(chart, step);
    return [
      segment([x, y], [x, bottom + 5 * look.scale], { stroke: "ink", width: 1.1 }),
      runMarker([x, y], slot ?? 0, 4.6, true, slot === null ? "ink2" : undefined),
      words([x, bottom], formatExact(step), { ...beside, anchor: "middle", shift: [0, 12], of: "flag" }),
    ];
  });
  return [inPixels([...level, ...flags])];
}

export function distanceChartOf(content: DistanceContent & Sized): LineChart {
  const { scene, left, size, look } = content;
  const { shownRuns, wholeRuns, hasHiddenRows } = scene;
  const last = Math.max(1, ...wholeRuns.map(({ length }) => length - 1));
  const lines = linesOf(content, shownRuns, last);
  return lineChartOf({
    lines: hasHiddenRows ? lines.map((line) => ({ ...line, name: "" })) : lines,
    linesForNames: linesOf(content, wholeRuns, last),
    steps: [0, last],
    size,
    look,
    x(width) {
      const axis = countAxis([0, last], width);
      const flags = flagsOf(lines, content).map(({ step }) => ({ at: axis.place(step), text: formatExact(step) }));
      return besideNumbers(axis, flags, width);
    },
    y(height) {
      const axis = logAxis([left.share / BELOW, 1], Math.max(2, height / 28));
      return { ...axis, ticks: axis.ticks.filter(({ at }) => at !== axis.place(left.share)) };
    },
    walked: true,
    inFront: (chart) => marksOf(content, chart),
  });
}
