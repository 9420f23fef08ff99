/** What an average remembers, as a chart: pressed, another step is taken apart. */
import { stepSide, valueSide } from "../chart/sides.ts";
import { stepAt } from "../chart/lines.ts";
import { createDiffers, createChartSvg, listen, chartExportOf } from "../chart/drawing.ts";
import { sizeOf } from "../../size.ts";
import { plotOf } from "./plot.ts";
import { averageLine, heads, legend, names, seriesMarks, stepLine } from "./values.ts";
import { sumRow, termWords, weightBars, windowBracket } from "./weights.ts";
import type { ChartExport } from "../../state/types.ts";
import type { Memory, Plot } from "./plot.ts";

function markup(plot: Plot): string {
  const { memory: { lines, look, unit }, size } = plot;
  return [
    windowBracket(plot), valueSide(plot, look), stepSide(plot, look, unit, size.width), seriesMarks(plot), stepLine(plot), ...lines.map((one) => averageLine(plot, one)),
    heads(plot), names(plot), legend(plot), sumRow(plot), weightBars(plot), termWords(plot),
  ].join("");
}

/** @param onChoose  a step to be taken apart */
export function createMemory(root: HTMLElement, onChoose: (t: number) => void) {
  const chartSvg = createChartSvg(root);
  const differs = createDiffers();
  let plot: Plot | null = null;
  listen(root, { onHold: (left) => plot && onChoose(Math.min(plot.memory.values.length, Math.max(1, stepAt(plot, left)))) });
  return {
    render(memory: Memory) {
      const size = sizeOf(root);
      if (size.width < 180 || size.height < 120 || !differs([size, memory])) return;
      plot = plotOf(size, memory);
      chartSvg.draw(size, memory.look, markup(plot));
    },
    chartExports: (): ChartExport[] => (plot ? [chartExportOf(plot.memory.title, [], chartSvg.svg, plot.memory.look)] : []),
  };
}
