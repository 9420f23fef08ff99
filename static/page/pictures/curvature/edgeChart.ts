/** The largest curvature along a run with the limit beyond which a step grows, and the loss over the same steps. */

import { BOLD, group, hatching, inPixels, type Mark, path, rectangle, words } from "../../marks/mark.ts";
import type { Themed } from "../../marks/picture.ts";
import { screenPlace, screenX } from "../../marks/scales.ts";
import { formatGrouped, formatMeasured } from "../../math/format.ts";
import type { Run, Wire } from "../../state/types.ts";
import { type LineChart, lineChartOf, type PlacedChart, type Sized } from "../chart/lineChart.ts";
import { type ChartLine, logAxis, rangeOf, valueAxis } from "../chart/plot.ts";

interface EdgeContent extends Themed {
  edge: Wire["CurvatureColumns"];
  run: Pick<Run, "columns" | "length" | "slot">;
}

/** @returns a value for each row, between those that are told by equal ratios */
function eachRow(t: number[], values: (number | null)[], length: number): Float64Array {
  const rows = new Float64Array(length).fill(Number.NaN);
  t.forEach((row, k) => {
    const [from, to] = [values[k] ?? Number.NaN, values[k + 1] ?? Number.NaN];
    rows[row] = from;
    const until = Math.min(t[k + 1] ?? row, length);
    for (let at = row + 1; at < until; at++) rows[at] = from * (to / from) ** ((at - row) / (t[k + 1] - row));
  });
  return rows;
}

const lineOf = (values: Float64Array, slot: number | null, name: string): ChartLine => ({
  values,
  first: 0,
  quantity: name,
  run: 0,
  slot,
  name: "",
});

/** A band from the first step beyond the limit to the step at which the loss shows it. */
function bandMarks({ edge: { crosses, leaves } }: EdgeContent, chart: PlacedChart): Mark[] {
  if (crosses === null) return [];
  const { box } = chart;
  const left = screenX(chart, crosses);
  const width = Math.max(1.5, screenX(chart, leaves ?? crosses) - left);
  return [rectangle({ ...box, left, width }, { fill: "warn", fillOpacity: 0.16, of: "beyond" })];
}

/** The number of a step, to the left of where it stands. @param y  in pixels */
function stepWords(chart: PlacedChart, step: number | null, y: number, down: number): Mark[] {
  if (step === null) return [];
  return [
    words([screenX(chart, step), y], formatGrouped(step), { ...BOLD, anchor: "end", shift: [-5, down], of: "step" }),
  ];
}

/** The line of the limit, with hatching above it. */
function limitMarks(content: EdgeContent, chart: PlacedChart): Mark[] {
  const { edge } = content;
  const { t, limit } = edge;
  const { box } = chart;
  const places = t.map((row, k) => screenPlace(chart, row, limit[k] ?? Number.NaN));
  const [first, last] = [places[0], places[places.length - 1]];
  const above = path([...places, [last[0], box.top], [first[0], box.top]], { closed: true });
  const text = `past ${formatMeasured(limit[0] ?? Number.NaN)} a step grows`;
  return [
    group([hatching(box, { clip: above })], { clip: box }),
    ...bandMarks(content, chart),
    ...stepWords(chart, edge.crosses, box.top + box.height, -10),
    path(places, { stroke: "ink", width: 2.4, of: "limit" }),
    words([box.left + 8, first[1]], text, { ...BOLD, fill: "warn", shift: [0, -11] }),
  ];
}

function chartOf(content: EdgeContent & Sized, lines: ChartLine[], ends: ChartLine[], behind: typeof limitMarks) {
  const { run, size, look } = content;
  const steps: [number, number] = [0, run.length - 1];
  return lineChartOf({
    lines,
    steps,
    size,
    look,
    y(height) {
      const { smallest, most } = rangeOf(ends);
      const mostTicks = Math.max(3, Math.floor(height / 28));
      return smallest < most ? logAxis([smallest / 1.2, most * 1.2], mostTicks) : valueAxis(ends, steps, height, true);
    },
    walked: true,
    behind: (chart) => [inPixels(behind(content, chart))],
  });
}

export function edgeChartOf(content: EdgeContent & Sized): LineChart {
  const { edge, run } = content;
  const [largest, limit] = [edge.lambda_max, edge.limit].map((values) => eachRow(edge.t, values, run.length));
  const above = limit.map((value) => 1.6 * value);
  const largestLine = lineOf(largest, run.slot, "largest curvature");
  return chartOf(content, [largestLine], [largestLine, lineOf(above, null, "limit")], limitMarks);
}

export function edgeLossOf(content: EdgeContent & Sized): LineChart {
  const { run } = content;
  const lossLine = lineOf(run.columns.loss.subarray(0, run.length), run.slot, "loss");
  return chartOf(content, [lossLine], [lossLine], (_, chart) => [
    ...bandMarks(content, chart),
    ...stepWords(chart, content.edge.leaves, chart.box.top, 10),
  ]);
}
