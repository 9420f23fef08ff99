/** What moves on the loss chart: the lines as far as they have been walked, their heads, the playhead, the ring of a hover. */
import { crisp, drawMark, line } from "../chart/pen.js";
import { lossAt, xOf, yOf } from "./curves.js";
import { drawNames } from "./labels.js";
import { strokeCurve, upTo } from "./pen.js";

/** @typedef {import("../../state/types.js").Hit} Hit */
/** @typedef {import("../../state/types.js").Playhead} Playhead */
/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("./plot.js").Chart} Chart */

/** @param {CanvasRenderingContext2D} context @param {Chart} chart @param {Playhead} playhead @param {Hit | null} hit */
export function drawMoving(context, chart, { step }, hit) {
  const { runs } = chart.scene;
  drawWalked(context, chart, step, hit);
  drawPlayhead(context, chart, step);
  drawNames(context, chart.names, chart.look);
  runs.forEach((run, k) => drawHead(context, chart, run, k, step));
  if (hit) drawRing(context, chart, runs[hit.run], hit);
}

/** @param {CanvasRenderingContext2D} context @param {Chart} chart @param {number} step @param {Hit | null} hit */
function drawWalked(context, chart, step, hit) {
  const { scene, curves, look: { sheet, scale } } = chart;
  scene.runs.forEach((run, k) => {
    if (run.hidden || run.length === 0) return;
    const alpha = hit && hit.run !== k ? 0.32 : 1;
    upTo(context, chart, xOf(chart, k, Math.min(step, run.length - 1)), () => strokeCurve(context, curves[k], sheet.runs[run.slot], 1.8 * scale, alpha));
  });
}

/** Nominal pixels around the middle of a name that are its own. */
const NAME = 9;

/** The stretches of an upright line that are left between the names that it meets. @param {Chart} chart @param {number} x @param {number} top @param {number} bottom @returns {[number, number][]} */
function besideNames({ names, look: { scale } }, x, top, bottom) {
  const met = names.filter((name) => x > name.x - 3 && x < name.x + name.width + 3).sort((a, b) => a.y - b.y);
  const edges = [top, ...met.flatMap(({ y }) => [y - NAME * scale, y + NAME * scale]), bottom];
  return Array.from({ length: met.length + 1 }, (_, k) => /** @type {[number, number]} */ ([edges[2 * k], edges[2 * k + 1]])).filter(([from, to]) => to > from);
}

/** @param {CanvasRenderingContext2D} context @param {Chart} chart @param {number} step */
function drawPlayhead(context, chart, step) {
  const { box, scene, steps, look: { sheet, scale } } = chart;
  const x = crisp(xOf(chart, scene.selected ?? 0, Math.min(step, steps.longest)));
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1;
  for (const [from, to] of besideNames(chart, x, box.top - 6 * scale, box.top + box.height)) line(context, x, from, x, to);
}

/** @param {CanvasRenderingContext2D} context @param {Chart} chart @param {Run} run @param {number} index @param {number} step */
function drawHead(context, chart, run, index, step) {
  const { box, look: { sheet, scale } } = chart;
  if (run.hidden || run.length === 0 || step >= run.length - 1) return;
  const y = yOf(chart, lossAt(run, step));
  if (y < box.top - 1) return;
  drawMark(context, run.slot, xOf(chart, index, step), Math.min(y, box.top + box.height), 4 * scale, sheet.runs[run.slot], sheet.casing, false);
}

/** @param {CanvasRenderingContext2D} context @param {Chart} chart @param {Run | undefined} run @param {Hit} hit */
function drawRing(context, chart, run, hit) {
  const { sheet, scale } = chart.look;
  if (!run || hit.step >= run.length) return;
  context.beginPath();
  context.arc(xOf(chart, hit.run, hit.step), yOf(chart, run.columns.loss[hit.step]), 7 * scale, 0, 2 * Math.PI);
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1.5;
  context.stroke();
}
