/** What stands still on the loss chart: axes, the strip of tints, every whole line thin, its end and its name. */
import { tints } from "../../math/palette.js";
import { fromOklab, toHex } from "../../math/colour.js";
import { xOf, yOf } from "./curves.js";
import { createCover, placeNames, shortened } from "./names.js";
import { clipped, drawMark, line, setFont, strokeCurve } from "./pen.js";

/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("./curves.js").Plot} Plot */
/** @typedef {import("./pen.js").Look} Look */

/** Pixels of the strip of tints beside the axis. */
const STRIP = 9;

/** @param {import("../layer.js").Layer} layer @param {Plot} plot @param {Scene} scene @param {Path2D[]} curves @param {Look} look */
export function drawGround(layer, plot, scene, curves, look) {
  layer.clear();
  const { context } = layer;
  drawAxes(context, plot, look);
  drawStrip(context, plot, scene, look);
  clipped(context, plot, plot.box.left + plot.box.width + 2, () => {
    scene.runs.forEach((run, k) => run.hidden || strokeCurve(context, curves[k], look.sheet.runs[run.slot], 1 * look.scale, 0.55));
  });
  drawEnds(context, plot, scene, look);
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Look} look */
function drawAxes(context, { box, loss, steps }, look) {
  const { sheet, scale } = look;
  setFont(context, look, 12);
  context.fillStyle = sheet.ink2;
  context.strokeStyle = sheet.ink;
  context.globalAlpha = 0.14;
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  const heights = loss.ticks.map(({ value }) => Math.round(box.top + (1 - (value - loss.low) / (loss.high - loss.low)) * box.height) + 0.5);
  for (const y of heights) line(context, box.left, y, box.left + box.width, y);
  context.globalAlpha = 1;
  loss.ticks.forEach(({ text }, k) => context.fillText(text, box.left - STRIP - 7, heights[k]));
  context.textBaseline = "alphabetic";
  context.textAlign = "center";
  const bottom = box.top + box.height;
  context.strokeStyle = sheet.ink2;
  line(context, box.left, bottom + 0.5, box.left + box.width, bottom + 0.5);
  for (const { value, text } of steps.ticks) {
    const x = Math.round(box.left + value * box.width) + 0.5;
    line(context, x, bottom, x, bottom + 4);
    context.fillText(text, x, bottom + 17 * scale);
  }
  stepTitle(context, box, steps, look, bottom + 17 * scale);
}

/** The axis is named where it leaves room. @param {CanvasRenderingContext2D} context @param {Plot["box"]} box @param {Plot["steps"]} steps @param {Look} look @param {number} y */
function stepTitle(context, box, { title, ticks }, look, y) {
  const last = ticks[ticks.length - 1];
  const taken = box.left + (last?.value ?? 0) * box.width + (context.measureText(last?.text ?? "").width) / 2 + 8;
  setFont(context, look, 12, 600);
  const start = Math.max(taken, box.left + box.width + 10 - context.measureText(title).width);
  context.textAlign = "left";
  context.fillStyle = look.sheet.ink;
  if (start + context.measureText(title).width <= context.canvas.clientWidth) context.fillText(title, start, y);
}

/** The tints of the map beside the axis. @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Scene} scene @param {Look} look */
function drawStrip(context, plot, { levels, theme }, { sheet }) {
  const { box } = plot;
  const left = box.left - STRIP;
  if (levels) {
    const colours = tints(theme, levels.values.length + 1).map((tint) => toHex(fromOklab(tint)));
    const edges = [-Infinity, ...levels.values, Infinity].map((value) => Math.min(box.top + box.height, Math.max(box.top, yOf(plot, value))));
    colours.forEach((colour, band) => {
      context.fillStyle = colour;
      context.fillRect(left, edges[band + 1], STRIP, edges[band] - edges[band + 1]);
    });
  }
  context.strokeStyle = sheet.ink2;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, box.top + 0.5, STRIP, box.height);
}

/** @param {Scene} scene @param {Plot} plot @returns {{run: Run, name: string, x: number, y: number, off: boolean}[]} */
function endsOf({ runs }, plot) {
  const names = shortened(runs.map(({ name }) => name));
  return runs.flatMap((run, k) => {
    if (run.hidden || run.length === 0) return [];
    const { box } = plot;
    const off = plot.loss.place(run.columns.loss[run.length - 1]) > 1.02;
    const row = off ? firstOff(run, plot) : run.length - 1;
    const x = xOf(plot, k, row);
    return [{ run, name: names[k], x, y: off ? box.top : Math.min(box.top + box.height, yOf(plot, run.columns.loss[row])), off }];
  });
}

/** @param {Run} run @param {Plot} plot @returns {number} where its line leaves the chart for good */
function firstOff({ columns: { loss }, length }, plot) {
  let row = length - 1;
  while (row > 0 && plot.loss.place(loss[row - 1]) > 1) row--;
  return row;
}

/** End shapes and names. @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Scene} scene @param {Look} look */
function drawEnds(context, plot, scene, look) {
  const { sheet, scale } = look;
  const ends = endsOf(scene, plot);
  setFont(context, look, 13);
  context.textBaseline = "middle";
  context.textAlign = "left";
  const { clientWidth: width } = context.canvas;
  const room = { left: plot.box.left + 2, top: 0, width: width - plot.box.left - 3, height: plot.box.top + plot.box.height - 2 };
  const cover = coverOf(scene, plot, width);
  const names = placeNames(ends.map(({ name, x, y }) => ({ x, y, width: context.measureText(name).width })), cover, room, 7 * scale);
  ends.forEach(({ run, name, x, y, off }, k) => {
    const colour = sheet.runs[run.slot];
    if (off) drawExit(context, x, plot.box.top, colour, sheet.casing, scale);
    else if (run.end) drawMark(context, run.slot, x, y, 3.4 * scale, colour, sheet.paper, true);
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = sheet.paper;
    context.strokeText(name, names[k].x, names[k].y);
    context.fillStyle = sheet.ink;
    context.fillText(name, names[k].x, names[k].y);
  });
}

/** What the lines and their ends cover. @param {Scene} scene @param {Plot} plot @param {number} width */
function coverOf(scene, plot, width) {
  const cover = createCover(width, plot.box.top + plot.box.height + 20);
  scene.runs.forEach((run, k) => {
    if (run.hidden) return;
    const every = Math.max(1, Math.floor(run.length / (2 * plot.box.width)));
    for (let row = 0; row < run.length; row += every) cover.addPoint(xOf(plot, k, row), yOf(plot, run.columns.loss[row]));
  });
  for (const { x, y } of endsOf(scene, plot)) cover.addLabel({ x: x - 5, y, width: 10 }, 5);
  return cover;
}

/** An arrowhead out of the top. @param {CanvasRenderingContext2D} context @param {number} x @param {number} top @param {string} colour @param {string} casing @param {number} scale */
function drawExit(context, x, top, colour, casing, scale) {
  const path = new Path2D(`M${x} ${top - 9 * scale}L${x + 5 * scale} ${top + 1}L${x - 5 * scale} ${top + 1}Z`);
  context.lineWidth = 2;
  context.strokeStyle = casing;
  context.stroke(path);
  context.fillStyle = colour;
  context.fill(path);
}
