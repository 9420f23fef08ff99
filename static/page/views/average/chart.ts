/** What an average remembers, as a chart: pressed, another step is taken apart. */

import { group, type Mark } from "../../marks/mark.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import { memo, shared } from "../../reads.ts";
import type { ChartExport } from "../../state/types.ts";
import { chartExportOf } from "../chart/export.ts";
import { stepAt } from "../chart/lines.ts";
import { stepSide, valueSide } from "../chart/sides.ts";
import { type AverageMemory, createPlot, type Plot } from "./plot.ts";
import { averageLine, heads, legend, names, seriesMarks, stepLine } from "./values.ts";
import { sumRow, termWords, weightBars, windowBracket } from "./weights.ts";

/** @returns makes the marks, those of the sides again only where what they read is another */
export function createAverageMarks(): (plot: Plot) => Mark[] {
  const sidesOf = memo(
    (plot: Plot) => group([valueSide(plot), stepSide(plot, plot.memory.look, plot.memory.unit, plot.size.width)]),
    "memory",
  );
  return (plot) => [
    windowBracket(plot),
    sidesOf(plot),
    group(seriesMarks(plot)),
    stepLine(plot),
    group(plot.memory.lines.map((one) => averageLine(plot, one))),
    group(heads(plot)),
    names(plot),
    legend(plot),
    sumRow(plot),
    weightBars(plot),
    termWords(plot),
  ];
}

/** @param onChoose  a step to be taken apart */
export function createMemory(root: HTMLElement, onChoose: (t: number) => void) {
  let latest: AverageMemory | undefined;
  const chart = createPicture<Themed & { memory: AverageMemory }, Plot>(root, {
    least: { width: 180, height: 120 },
    layOut: createPlot(),
    marks: createAverageMarks(),
    onHold: (plot, left) => onChoose(Math.min(plot.memory.values.length, Math.max(1, stepAt(plot, left)))),
  });
  return {
    render(memory: AverageMemory) {
      latest = shared(latest, memory);
      chart.render({ memory: latest, theme: memory.theme, scale: memory.scale }, undefined);
    },
    chartExports(): ChartExport[] {
      const shown = chart.shown();
      return shown ? [chartExportOf(shown.layout.memory.title, [], shown)] : [];
    },
  };
}
