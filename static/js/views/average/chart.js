/** What an average remembers, on a canvas: pressed, another step is taken apart. */
import { createLayer } from "../layer.js";
import { stepAt } from "../chart/curves.js";
import { drawSteps, drawStepsTitle, drawValues } from "../chart/frame.js";
import { plateOf } from "../chart/plate.js";
import { listen } from "../chart/touch.js";
import { sizeOf } from "../../size.js";
import { plotOf } from "./plot.js";
import { drawAverage, drawHeads, drawLegend, drawNames, drawSeries, drawStep } from "./values.js";
import { drawSum, drawTerms, drawWeights, drawWindow } from "./weights.js";

/** @typedef {import("./plot.js").Memory} Memory */
/** @typedef {import("./plot.js").Plot} Plot */

/** @param {CanvasRenderingContext2D} context @param {Plot} plot */
function draw(context, plot) {
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

/**
 * @param {HTMLElement} root
 * @param {(t: number) => void} onChoose  a step to be taken apart
 */
export function createMemory(root, onChoose) {
  const layer = createLayer(root, "layer");
  /** @type {Plot | null} */
  let plot = null;
  listen(root, {
    onHold(left) {
      if (!plot) return;
      const { steps, values } = plot.memory;
      onChoose(Math.min(values.length, Math.max(1, stepAt(plot, left, steps))));
    },
  });
  return {
    /** @param {Memory} memory */
    render(memory) {
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
