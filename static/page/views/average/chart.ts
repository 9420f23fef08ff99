/** What an average remembers, on a canvas: pressed, another step is taken apart. */
import { createLayer } from "../layer.ts";
import { stepAt } from "../chart/curves.ts";
import { drawSteps, drawStepsTitle, drawValues } from "../chart/frame.ts";
import { plateOf } from "../chart/plate.ts";
import { listen } from "../chart/touch.ts";
import { sizeOf } from "../../size.ts";
import { plotOf } from "./plot.ts";
import { drawAverage, drawHeads, drawLegend, drawNames, drawSeries, drawStep } from "./values.ts";
import { drawSum, drawTerms, drawWeights, drawWindow } from "./weights.ts";
import type { Memory, Plot } from "./plot.ts";

function draw(context: CanvasRenderingContext2D, plot: Plot) {
  const { memory: { lines, look, unit }, size } = plot;
  drawWindow(context, plot);
  drawValues(context, plot, look);
  drawSteps(context, plot, look);
  drawStepsTitle(context, plot, look, unit, size.width);
  drawSeries(context, plot);
  drawStep(context, plot);
  for (const one of lines) drawAverage(context, plot, one);
  drawHeads(context, plot);
  drawNames(context, plot);
  drawLegend(context, plot);
  drawSum(context, plot);
  drawWeights(context, plot);
  drawTerms(context, plot);
}

/** @param onChoose  a step to be taken apart */
export function createMemory(root: HTMLElement, onChoose: (t: number) => void) {
  const layer = createLayer(root, "layer");
  let plot: Plot | null = null;
  listen(root, {
    onHold(left) {
      if (!plot) return;
      const { steps, values } = plot.memory;
      onChoose(Math.min(values.length, Math.max(1, stepAt(plot, left, steps))));
    },
  });
  return {
    render(memory: Memory) {
      const size = sizeOf(root);
      if (size.width < 180 || size.height < 120) return;
      const resized = layer.fit(size.width, size.height);
      if (!resized && plot?.memory === memory) return;
      plot = plotOf(size, memory);
      layer.clear();
      draw(layer.context, plot);
    },
    plates() {
      if (!plot) return [];
      const { size, memory } = plot;
      return plateOf(memory.title, [], { ...size, look: memory.look, draw: (context) => draw(context, plotOf(size, memory)) });
    },
  };
}
