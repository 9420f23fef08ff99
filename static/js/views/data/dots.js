/** The points of the data. Those that the step sees are full, the others hollow. */
import { xOf, yOf } from "./frame.js";

/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("./drawing.js").Figure} Figure */
/** @typedef {CanvasRenderingContext2D} Context */

/** @param {Run} run @param {number} step @returns {number[] | null} the points of the next step; null: all */
export function batchOf({ columns: { batch } }, step) {
  return batch ? (batch[Math.min(Math.floor(step), batch.length - 1)] ?? null) : null;
}

/** @param {Context} context @param {Figure} figure @param {number[] | null} batch */
export function drawDots(context, figure, batch) {
  const { frame, look, picture, lit } = figure;
  const radius = (picture.points.length > 30 ? 3 : 4.5) * look.scale;
  picture.points.forEach((point, k) => {
    const seen = !batch || batch.includes(k);
    context.beginPath();
    context.arc(xOf(frame, point[0]), yOf(frame, point[1]), radius, 0, 2 * Math.PI);
    context.fillStyle = seen ? look.sheet.ink : look.sheet.paper;
    context.strokeStyle = seen ? look.sheet.paper : look.sheet.ink3;
    context.lineWidth = 1.2 * look.scale;
    context.fill();
    context.stroke();
  });
  if (lit !== null && picture.points[lit]) drawRing(context, figure, picture.points[lit], radius);
}

/** @param {Context} context @param {Figure} figure @param {[number, number]} point @param {number} radius */
function drawRing(context, { frame, look, scene, leader }, point, radius) {
  const run = leader === null ? null : scene.runs[leader];
  for (const [colour, width] of /** @type {[string, number][]} */ ([[look.sheet.paper, 4.5], [run ? look.sheet.runs[run.slot] : look.sheet.ink, 2]])) {
    context.beginPath();
    context.arc(xOf(frame, point[0]), yOf(frame, point[1]), radius + 3.5 * look.scale, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width * look.scale;
    context.stroke();
  }
}
