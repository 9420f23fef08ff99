/** What moves on the loss chart: the lines as far as they have been walked, their heads, the playhead, the ring of a hover. */
import { crisp, drawMark, line } from "../chart/pen.ts";
import { lossAt, xOf, yOf } from "./curves.ts";
import { drawNames } from "./labels.ts";
import { strokeCurve, upTo } from "./pen.ts";
import type { Hit, Playhead, Run } from "../../state/types.ts";
import type { Chart } from "./plot.ts";

export function drawMoving(context: CanvasRenderingContext2D, chart: Chart, { step }: Playhead, hit: Hit | null) {
  const { runs } = chart.scene;
  drawWalked(context, chart, step, hit);
  drawPlayhead(context, chart, step);
  drawNames(context, chart.names, chart.look);
  runs.forEach((run, k) => drawHead(context, chart, run, k, step));
  if (hit) drawRing(context, chart, runs[hit.run], hit);
}

function drawWalked(context: CanvasRenderingContext2D, chart: Chart, step: number, hit: Hit | null) {
  const { scene, curves, look: { sheet, scale } } = chart;
  scene.runs.forEach((run, k) => {
    if (run.hidden || run.length === 0) return;
    const alpha = hit && hit.run !== k ? 0.32 : 1;
    upTo(context, chart, xOf(chart, k, Math.min(step, run.length - 1)), () => strokeCurve(context, curves[k], sheet.runs[run.slot], 1.8 * scale, alpha));
  });
}

/** Nominal pixels around the middle of a name that are its own. */
const NAME = 9;

/** The stretches of an upright line that are left between the names that it meets. */
function besideNames({ names, look: { scale } }: Chart, x: number, top: number, bottom: number): [number, number][] {
  const met = names.filter((name) => x > name.x - 3 && x < name.x + name.width + 3).sort((a, b) => a.y - b.y);
  const edges = [top, ...met.flatMap(({ y }) => [y - NAME * scale, y + NAME * scale]), bottom];
  return Array.from({ length: met.length + 1 }, (_, k) => [edges[2 * k], edges[2 * k + 1]] as [number, number]).filter(([from, to]) => to > from);
}

function drawPlayhead(context: CanvasRenderingContext2D, chart: Chart, step: number) {
  const { box, scene, steps, look: { sheet, scale } } = chart;
  const x = crisp(xOf(chart, scene.selected ?? 0, Math.min(step, steps.longest)));
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1;
  for (const [from, to] of besideNames(chart, x, box.top - 6 * scale, box.top + box.height)) line(context, x, from, x, to);
}

function drawHead(context: CanvasRenderingContext2D, chart: Chart, run: Run, index: number, step: number) {
  const { box, look: { sheet, scale } } = chart;
  if (run.hidden || run.length === 0 || step >= run.length - 1) return;
  const y = yOf(chart, lossAt(run, step));
  if (y < box.top - 1) return;
  drawMark(context, run.slot, xOf(chart, index, step), Math.min(y, box.top + box.height), 4 * scale, sheet.runs[run.slot], sheet.casing, false);
}

function drawRing(context: CanvasRenderingContext2D, chart: Chart, run: Run | undefined, hit: Hit) {
  const { sheet, scale } = chart.look;
  if (!run || hit.step >= run.length) return;
  context.beginPath();
  context.arc(xOf(chart, hit.run, hit.step), yOf(chart, run.columns.loss[hit.step]), 7 * scale, 0, 2 * Math.PI);
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1.5;
  context.stroke();
}
