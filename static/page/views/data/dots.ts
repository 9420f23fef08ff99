/** The points of the data. Those that the step sees are full, the others hollow. */

import type { Run } from "../../state/types.ts";
import { xOf, yOf } from "../chart/lines.ts";
import { tag } from "../chart/svg.ts";
import type { DataDrawing } from "./drawing.ts";

/** @returns the points of its next step; null: all */
export function batchOf(run: Run | null, step: number): number[] | null {
  const batch = run?.columns.batch;
  return batch ? (batch[Math.min(Math.floor(step), batch.length - 1)] ?? null) : null;
}

export function dots({
  area,
  look: { colours, scale },
  scene,
  leader,
  content: { points },
  highlighted,
  batch,
}: DataDrawing): string {
  const r = (points.length > 30 ? 3 : 4.5) * scale;
  const circle = ([x, y]: [number, number], more: Record<string, string | number>) =>
    tag("circle", { cx: xOf(area, x), cy: yOf(area, y), r, ...more });
  const all = points
    .map((point, k) => {
      const seen = !batch || batch.includes(k);
      return circle(point, {
        fill: seen ? colours.ink : colours.paper,
        stroke: seen ? colours.paper : colours.ink3,
        "stroke-width": 1.2 * scale,
      });
    })
    .join("");
  if (highlighted === null || !points[highlighted]) return all;
  const run = leader === null ? null : scene.runs[leader];
  const ring = (stroke: string, width: number) =>
    circle(points[highlighted], { r: r + 3.5 * scale, fill: "none", stroke, "stroke-width": width * scale });
  return all + ring(colours.paper, 4.5) + ring(run ? colours.runs[run.slot] : colours.ink, 2);
}
