/** What an average remembers, as a chart: pressed, another step is taken apart. */

import { shared } from "../../reads.ts";
import type { ChartExport } from "../../state/types.ts";
import type { Themed } from "../chart/drawing.ts";
import { chartExportOf, createChart } from "../chart/drawing.ts";
import { stepAt } from "../chart/lines.ts";
import { stepSide, valueSide } from "../chart/sides.ts";
import type { Memory, Plot } from "./plot.ts";
import { createPlot } from "./plot.ts";
import { averageLine, heads, legend, names, seriesMarks, stepLine } from "./values.ts";
import { sumRow, termWords, weightBars, windowBracket } from "./weights.ts";

const PIECES: ((plot: Plot) => string)[] = [
  windowBracket,
  (plot) => valueSide(plot, plot.memory.look),
  (plot) => stepSide(plot, plot.memory.look, plot.memory.unit, plot.size.width),
  seriesMarks,
  stepLine,
  (plot) => plot.memory.lines.map((one) => averageLine(plot, one)).join(""),
  heads,
  names,
  legend,
  sumRow,
  weightBars,
  termWords,
];

/** @param onChoose  a step to be taken apart */
export function createMemory(root: HTMLElement, onChoose: (t: number) => void) {
  let latest: Memory | undefined;
  const chart = createChart<Themed & { memory: Memory }, Plot>(root, {
    least: { width: 180, height: 120 },
    layOut: createPlot(),
    pieces: PIECES,
    within: ["memory"],
    onHold: (plot, left) => onChoose(Math.min(plot.memory.values.length, Math.max(1, stepAt(plot, left)))),
  });
  return {
    render(memory: Memory) {
      latest = shared(latest, memory);
      chart.render({ memory: latest, theme: memory.theme, scale: memory.scale }, undefined);
    },
    chartExports(): ChartExport[] {
      const shown = chart.shown();
      return shown ? [chartExportOf(shown.layout.memory.title, [], chart.svg, shown.look)] : [];
    },
  };
}
