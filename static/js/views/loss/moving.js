/** What moves on the loss chart: the lines as far as they have been walked, their heads, the playhead, the ring of a hover. */
import { lossAt, xOf, yOf } from "./curves.js";
import { clipped, drawMark, line, strokeCurve } from "./pen.js";

/** @typedef {import("../../state/types.js").Hit} Hit */
/** @typedef {import("../../state/types.js").Playhead} Playhead */
/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("./curves.js").Plot} Plot */
/** @typedef {import("./pen.js").Look} Look */

/**
 * @param {import("../layer.js").Layer} layer @param {Plot} plot @param {Scene} scene @param {Path2D[]} curves
 * @param {Playhead} playhead @param {Hit | null} hit @param {Look} look
 */
export function drawMoving(layer, plot, scene, curves, { step }, hit, look) {
  layer.clear();
  const { context } = layer;
  const { sheet, scale } = look;
  const { box } = plot;
  scene.runs.forEach((run, k) => {
    if (run.hidden || run.length === 0) return;
    const alpha = hit && hit.run !== k ? 0.32 : 1;
    clipped(context, plot, xOf(plot, k, Math.min(step, run.length - 1)), () => strokeCurve(context, curves[k], sheet.runs[run.slot], 1.8 * scale, alpha));
  });
  const x = xOf(plot, scene.selected ?? 0, Math.min(step, plot.steps.longest));
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1;
  line(context, Math.round(x) + 0.5, box.top - 6, Math.round(x) + 0.5, box.top + box.height);
  scene.runs.forEach((run, k) => drawHead(context, plot, run, k, step, look));
  if (hit) drawRing(context, plot, scene.runs[hit.run], hit, look);
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Run} run @param {number} index @param {number} step @param {Look} look */
function drawHead(context, plot, run, index, step, { sheet, scale }) {
  if (run.hidden || run.length === 0 || step >= run.length - 1) return;
  const y = yOf(plot, lossAt(run, step));
  if (y < plot.box.top - 1) return;
  drawMark(context, run.slot, xOf(plot, index, step), Math.min(y, plot.box.top + plot.box.height), 4 * scale, sheet.runs[run.slot], sheet.casing, false);
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Run | undefined} run @param {Hit} hit @param {Look} look */
function drawRing(context, plot, run, hit, { sheet, scale }) {
  if (!run || hit.step >= run.length) return;
  context.beginPath();
  context.arc(xOf(plot, hit.run, hit.step), yOf(plot, run.columns.loss[hit.step]), 7 * scale, 0, 2 * Math.PI);
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1.5;
  context.stroke();
}
