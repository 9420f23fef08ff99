/** The sides of a chart: grid lines and figures at the left, ticks and figures below, and the line of the playhead. */
import { xOf } from "./curves.ts";
import { crisp, line, setFont } from "./pen.ts";
import type { Context, Look } from "./pen.ts";
import type { Frame } from "./curves.ts";

/** Pixels that figures take at the left of a chart and below it, at a scale of 1. */
export const FIGURES = { left: 46, bottom: 22 };

export function drawValues(context: Context, { box, y }: Frame, look: Look) {
  setFont(context, look, 12);
  context.fillStyle = look.sheet.ink2;
  context.strokeStyle = look.sheet.ink;
  context.lineWidth = 1;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, text } of y.ticks) {
    const height = crisp(box.top + (1 - at) * box.height);
    context.globalAlpha = text === "0" ? 0.5 : 0.14;
    line(context, box.left, height, box.left + box.width, height);
    context.globalAlpha = 1;
    context.fillText(text, box.left - 7, height);
  }
}

export function drawSteps(context: Context, { box, x }: Frame, look: Look) {
  const bottom = crisp(box.top + box.height);
  setFont(context, look, 12);
  context.fillStyle = look.sheet.ink2;
  context.strokeStyle = look.sheet.ink2;
  context.lineWidth = 1;
  line(context, box.left, bottom, box.left + box.width, bottom);
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const { at, text } of x.ticks) {
    const place = crisp(box.left + at * box.width);
    line(context, place, bottom, place, bottom + 4);
    context.fillText(text, place, bottom + 16 * look.scale);
  }
}

/** What the steps are called, after their last figure. @param right  edge of the chart */
export function drawStepsTitle(context: Context, { box, x }: Frame, look: Look, title: string, right: number) {
  const last = x.ticks[x.ticks.length - 1];
  setFont(context, look, 12);
  const taken = box.left + (last?.at ?? 0) * box.width + context.measureText(last?.text ?? "").width / 2 + 8;
  setFont(context, look, 12, "600");
  const start = Math.max(taken, box.left + box.width + 10 - context.measureText(title).width);
  if (start + context.measureText(title).width > right) return;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillStyle = look.sheet.ink;
  context.fillText(title, start, crisp(box.top + box.height) + 16 * look.scale);
}

export function drawPlayhead(context: Context, frame: Frame, { sheet }: Look, step: number) {
  const x = crisp(xOf(frame, step));
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1;
  line(context, x, frame.box.top - 4, x, frame.box.top + frame.box.height);
}
