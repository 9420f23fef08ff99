/** The axes of the data, with what is measured on them. */
import { onScale } from "../../math/format.ts";
import { multiples, niceStep } from "../../math/scales.ts";
import { crisp, line, setFont } from "../chart/pen.ts";
import { EDGE, bottomOf, xOf, yOf } from "./frame.ts";
import type { Figure } from "./drawing.ts";
import type { Box } from "../chart/curves.ts";

type Context = CanvasRenderingContext2D;

export function drawAxes(context: Context, figure: Figure) {
  setFont(context, figure.look, 12);
  context.strokeStyle = figure.look.sheet.ink;
  context.lineWidth = 1;
  drawHeights(context, figure);
  drawFoot(context, figure);
  drawTitles(context, figure);
}

function drawHeights(context: Context, { frame, look }: Figure) {
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

function drawFoot(context: Context, { frame, look, picture }: Figure) {
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

function faint(context: Context, { left, width }: Box, y: number) {
  context.globalAlpha = 0.3;
  line(context, left, crisp(y), left + width, crisp(y));
  context.globalAlpha = 1;
}

/** Each at the end of its axis, in line with the figures. */
function drawTitles(context: Context, { frame, look, picture }: Figure) {
  const { box } = frame;
  context.fillStyle = look.sheet.ink;
  context.textAlign = "right";
  context.fillText(picture.xLabel, box.left + box.width, bottomOf(frame) + 4 + 13 * look.scale + frame.titleRow);
  context.textAlign = "left";
  context.fillText(picture.yLabel, EDGE, box.top - 8 * look.scale);
}
