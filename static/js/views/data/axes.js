/** The axes of the data, with what is measured on them. */
import { onScale } from "../../math/format.js";
import { multiples, niceStep } from "../../math/scales.js";
import { crisp, line, setFont } from "../chart/pen.js";
import { EDGE, bottomOf, xOf, yOf } from "./frame.js";

/** @typedef {import("./drawing.js").Figure} Figure */
/** @typedef {CanvasRenderingContext2D} Context */

/** @param {Context} context @param {Figure} figure */
export function drawAxes(context, figure) {
  setFont(context, figure.look, 12);
  context.strokeStyle = figure.look.sheet.ink;
  context.lineWidth = 1;
  drawHeights(context, figure);
  drawFoot(context, figure);
  drawTitles(context, figure);
}

/** @param {Context} context @param {Figure} figure */
function drawHeights(context, { frame, look }) {
  const { box, y } = frame;
  const step = niceStep((y[1] - y[0]) / (box.height / (36 * look.scale)));
  context.fillStyle = look.sheet.ink2;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const value of multiples(y[0], y[1], step)) {
    const at = crisp(yOf(frame, value));
    context.globalAlpha = 0.14;
    line(context, box.left, at, box.left + box.width, at);
    context.globalAlpha = 1;
    context.fillText(onScale(value, step), box.left - 6, at);
  }
}

/** @param {Context} context @param {Figure} figure */
function drawFoot(context, { frame, look, picture }) {
  const { box, strip, x } = frame;
  const [step, bottom] = [niceStep((x[1] - x[0]) / (box.width / (62 * look.scale))), bottomOf(frame)];
  const free = box.left + box.width - (frame.titleRow ? -20 : context.measureText(picture.xLabel).width + 8);
  if (strip) faint(context, box, box.top + box.height);
  if (strip) faint(context, box, bottom);
  else line(context, box.left, crisp(bottom), box.left + box.width, crisp(bottom));
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const value of multiples(x[0], x[1], step)) {
    const [at, text] = [xOf(frame, value), onScale(value, step)];
    line(context, crisp(at), bottom, crisp(at), bottom + 4);
    if (at + context.measureText(text).width / 2 < free) context.fillText(text, at, bottom + 4 + 13 * look.scale);
  }
}

/** @param {Context} context @param {import("./frame.js").Box} box @param {number} y */
function faint(context, { left, width }, y) {
  context.globalAlpha = 0.3;
  line(context, left, crisp(y), left + width, crisp(y));
  context.globalAlpha = 1;
}

/** Each at the end of its axis, in line with the figures. @param {Context} context @param {Figure} figure */
function drawTitles(context, { frame, look, picture }) {
  const { box } = frame;
  context.fillStyle = look.sheet.ink;
  context.textAlign = "right";
  context.fillText(picture.xLabel, box.left + box.width, bottomOf(frame) + 4 + 13 * look.scale + frame.titleRow);
  context.textAlign = "left";
  context.fillText(picture.yLabel, EDGE, box.top - 8 * look.scale);
}
