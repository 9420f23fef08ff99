/** What stands still on the loss chart: axes, the strip of tints, every whole line thin, and its end. */
import { tints } from "../../math/palette.ts";
import { Trace } from "../../math/tracing.ts";
import { fromOklab, toHex } from "../../math/colour.ts";
import { crisp, drawMark, line, setFont } from "../chart/pen.ts";
import { yOf } from "./curves.ts";
import { endsOf } from "./labels.ts";
import { strokeCurve, upTo } from "./pen.ts";
import type { Chart } from "./plot.ts";

/** Nominal pixels of the strip of tints beside the axis. */
const STRIP = 9;

export function drawGround(context: CanvasRenderingContext2D, chart: Chart) {
  const { scene, curves, look, box } = chart;
  drawLossAxis(context, chart);
  drawStepAxis(context, chart);
  drawStrip(context, chart);
  upTo(context, chart, box.left + box.width + 2, () => {
    scene.runs.forEach((run, k) => run.hidden || strokeCurve(context, curves[k], look.sheet.runs[run.slot], 1 * look.scale, 0.55));
  });
  drawEnds(context, chart);
}

function drawLossAxis(context: CanvasRenderingContext2D, { box, loss, look }: Chart) {
  const { sheet, scale } = look;
  setFont(context, look, 12);
  context.fillStyle = sheet.ink2;
  context.strokeStyle = sheet.ink;
  context.globalAlpha = 0.14;
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  const heights = loss.ticks.map(({ value }) => crisp(box.top + (1 - (value - loss.low) / (loss.high - loss.low)) * box.height));
  for (const y of heights) line(context, box.left, y, box.left + box.width, y);
  context.globalAlpha = 1;
  loss.ticks.forEach(({ text }, k) => context.fillText(text, box.left - (STRIP + 7) * scale, heights[k]));
}

function drawStepAxis(context: CanvasRenderingContext2D, chart: Chart) {
  const { box, steps, look: { sheet, scale } } = chart;
  const bottom = box.top + box.height;
  context.textBaseline = "alphabetic";
  context.textAlign = "center";
  context.strokeStyle = sheet.ink2;
  line(context, box.left, bottom + 0.5, box.left + box.width, bottom + 0.5);
  for (const { value, text } of steps.ticks) {
    const x = crisp(box.left + value * box.width);
    line(context, x, bottom, x, bottom + 4 * scale);
    context.fillText(text, x, bottom + 17 * scale);
  }
  stepTitle(context, chart, bottom + 17 * scale);
}

/** The axis is named where it leaves room. */
function stepTitle(context: CanvasRenderingContext2D, { width, box, steps: { title, ticks }, look }: Chart, y: number) {
  const last = ticks[ticks.length - 1];
  const taken = box.left + (last?.value ?? 0) * box.width + context.measureText(last?.text ?? "").width / 2 + 8 * look.scale;
  setFont(context, look, 12, "600");
  const start = Math.max(taken, box.left + box.width + 10 * look.scale - context.measureText(title).width);
  context.textAlign = "left";
  context.fillStyle = look.sheet.ink;
  if (start + context.measureText(title).width <= width) context.fillText(title, start, y);
}

/** The tints of the map beside the axis. */
function drawStrip(context: CanvasRenderingContext2D, chart: Chart) {
  const { box, scene: { levels, theme }, look: { sheet, scale } } = chart;
  const [left, wide] = [box.left - STRIP * scale, STRIP * scale];
  if (levels) {
    const colours = tints(theme, levels.values.length + 1).map((tint) => toHex(fromOklab(tint)));
    const edges = [-Infinity, ...levels.values, Infinity].map((value) => Math.min(box.top + box.height, Math.max(box.top, yOf(chart, value))));
    colours.forEach((colour, band) => {
      context.fillStyle = colour;
      if (edges[band] > edges[band + 1]) context.fillRect(left, edges[band + 1], wide, edges[band] - edges[band + 1]);
    });
  }
  context.strokeStyle = sheet.ink2;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, box.top + 0.5, wide, box.height);
}

function drawEnds(context: CanvasRenderingContext2D, chart: Chart) {
  const { scene, box, look: { sheet, scale } } = chart;
  for (const { run, x, y, off } of endsOf(scene, chart)) {
    const colour = sheet.runs[run.slot];
    if (off) drawExit(context, x, box.top, colour, sheet.casing, scale);
    else if (run.end) drawMark(context, run.slot, x, y, 3.4 * scale, colour, sheet.paper, true);
  }
}

/** An arrowhead out of the top. */
function drawExit(context: CanvasRenderingContext2D, x: number, top: number, colour: string, casing: string, scale: number) {
  const path = new Trace(`M${x} ${top - 9 * scale}L${x + 5 * scale} ${top + 1}L${x - 5 * scale} ${top + 1}Z`);
  context.lineWidth = 2;
  context.strokeStyle = casing;
  context.stroke(path);
  context.fillStyle = colour;
  context.fill(path);
}
