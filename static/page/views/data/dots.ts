/** The points of the data. Those that the step sees are full, the others hollow. */
import { xOf, yOf } from "./frame.ts";
import type { Run } from "../../state/types.ts";
import type { Figure } from "./drawing.ts";

type Context = CanvasRenderingContext2D;

/** @returns the points of the next step; null: all */
export function batchOf({ columns: { batch } }: Run, step: number): number[] | null {
  return batch ? (batch[Math.min(Math.floor(step), batch.length - 1)] ?? null) : null;
}

export function drawDots(context: Context, figure: Figure, batch: number[] | null) {
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

function drawRing(context: Context, { frame, look, scene, leader }: Figure, point: [number, number], radius: number) {
  const run = leader === null ? null : scene.runs[leader];
  for (const [colour, width] of [[look.sheet.paper, 4.5], [run ? look.sheet.runs[run.slot] : look.sheet.ink, 2]] as [string, number][]) {
    context.beginPath();
    context.arc(xOf(frame, point[0]), yOf(frame, point[1]), radius + 3.5 * look.scale, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width * look.scale;
    context.stroke();
  }
}
