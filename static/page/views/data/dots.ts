/** The points of the data. Those that the step sees are full, the others hollow. */
import { tag } from "../chart/svg.ts";
import { xOf, yOf } from "./plotArea.ts";
import type { Run } from "../../state/types.ts";
import type { DataDrawing } from "./drawing.ts";

/** @returns the points of the next step; null: all */
export function batchOf({ columns: { batch } }: Run, step: number): number[] | null {
  return batch ? (batch[Math.min(Math.floor(step), batch.length - 1)] ?? null) : null;
}

export function dots({ frame, look: { sheet, scale }, scene, leader, picture: { points }, lit }: DataDrawing, batch: number[] | null): string {
  const r = (points.length > 30 ? 3 : 4.5) * scale;
  const circle = ([x, y]: [number, number], more: Record<string, string | number>) => tag("circle", { cx: xOf(frame, x), cy: yOf(frame, y), r, ...more });
  const all = points.map((point, k) => {
    const seen = !batch || batch.includes(k);
    return circle(point, { fill: seen ? sheet.ink : sheet.paper, stroke: seen ? sheet.paper : sheet.ink3, "stroke-width": 1.2 * scale });
  }).join("");
  if (lit === null || !points[lit]) return all;
  const run = leader === null ? null : scene.runs[leader];
  const ring = (stroke: string, width: number) => circle(points[lit], { r: r + 3.5 * scale, fill: "none", stroke, "stroke-width": width * scale });
  return all + ring(sheet.paper, 4.5) + ring(run ? sheet.runs[run.slot] : sheet.ink, 2);
}
