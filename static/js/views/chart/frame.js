/** The sides of a chart: grid lines and figures at the left, ticks and figures below, and the line of the playhead. */
import { xOf } from "./curves.js";
import { crisp, line, setFont } from "./pen.js";

/** @typedef {import("./pen.js").Context} Context */
/** @typedef {import("./pen.js").Look} Look */
/** @typedef {import("./curves.js").Frame} Frame */

/** Pixels that figures take at the left of a chart and below it, at a scale of 1. */
export const FIGURES = { left: 46, bottom: 22 };

/** @param {Context} context @param {Frame} frame @param {Look} look */
export function drawValues(context, { box, y }, look) {
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

/** @param {Context} context @param {Frame} frame @param {Look} look */
export function drawSteps(context, { box, x }, look) {
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

/** What the steps are called, after their last figure. @param {Context} context @param {Frame} frame @param {Look} look @param {string} title @param {number} right  edge of the chart */
export function drawStepsTitle(context, { box, x }, look, title, right) {
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

/** @param {Context} context @param {Frame} frame @param {Look} look @param {number} step */
export function drawPlayhead(context, frame, { sheet }, step) {
  const x = crisp(xOf(frame, step));
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1;
  line(context, x, frame.box.top - 4, x, frame.box.top + frame.box.height);
}
