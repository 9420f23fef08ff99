/** The chart of the data, as marks. */

import { type Look, widthOf } from "../../marks/look.ts";
import { dot, group, HALO, type Mark, type Place, path, runInk, shape, words } from "../../marks/mark.ts";
import { PIXELS, shareScales } from "../../marks/scales.ts";
import type { Point } from "../../math/fit.ts";
import { memo } from "../../reads.ts";
import type { Run, Scene, Shares } from "../../state/types.ts";
import { valueSide } from "../chart/sides.ts";
import { fits } from "./fits.ts";
import { bottomOf, type DataArea, EDGE } from "./plotArea.ts";
import { strip } from "./strip.ts";

/** What is measured. */
export interface DataContent {
  /** in raw units */
  points: Point[];
  standardized: boolean;
  xLabel: string;
  yLabel: string;
}

/** What stands still while the playhead moves. */
export interface DataLayout extends DataArea {
  content: DataContent;
  look: Look;
}

export interface DataMoment {
  scene: Scene;
  step: number;
  /** index of the run whose residuals are drawn */
  leader: number | null;
  /** index of a point */
  highlighted: number | null;
  /** of that run */
  shares: Shares | null;
  /** the points of its next step; null: all */
  batch: number[] | null;
}

export type DataDrawing = DataLayout & DataMoment;

/** @returns makes the marks, the points again only where they are others. @param axes  of its layout */
export function createDataMarks(): (drawing: DataDrawing, axes: Mark[]) => Mark[] {
  const points = memo(dots, "scene");
  return (drawing, axes) => [...axes, ...fits(drawing), ...strip(drawing), ...points(drawing)];
}

/** With what is measured on them: each title at the end of its axis, in line with the numbers. */
export function dataAxes(layout: DataLayout): Mark[] {
  const { box, x, strip, titleRow, content, look } = layout;
  const across = bottomOf(layout) - box.top;
  const free = box.left + box.width - (titleRow ? -20 : widthOf(look, content.xLabel) + 8);
  const foot: Place[] = [
    [0, 0],
    [1, 0],
  ];
  return [
    valueSide(layout),
    ...(strip
      ? [group([path(foot, { crisp: true, stroke: "ink", strokeOpacity: 0.3 })], { scales: shareScales(box) })]
      : []),
    group(
      [
        path(foot, { crisp: true, stroke: "ink", strokeOpacity: strip ? 0.3 : undefined }),
        ...x.ticks.flatMap(({ at, text }) => [
          shape([at, 0], "M0 0v4", { crisp: true, stroke: "ink" }),
          ...(box.left + at * box.width + widthOf(look, text) / 2 < free
            ? [words([at, 0], text, { anchor: "middle", shift: [0, 13] })]
            : []),
        ]),
        words([1, 0], content.xLabel, { anchor: "end", fill: "ink", shift: [0, 13 + titleRow] }),
      ],
      { scales: shareScales({ ...box, height: across }) },
    ),
    group([words([EDGE, box.top], content.yLabel, { fill: "ink", shift: [0, -12] })], { scales: PIXELS }),
  ];
}

/** @returns the points of its next step; null: all */
export function batchOf(run: Run | null, step: number): number[] | null {
  const batch = run?.columns.batch;
  return batch ? (batch[Math.min(Math.floor(step), batch.length - 1)] ?? null) : null;
}

/** Fewer points at one place are not counted. */
const TOGETHER = 3;

/** How many points lie where one covers the others. */
function counts(points: Point[]): Mark[] {
  const alike = new Map<string, [Point, number]>();
  for (const point of points) {
    const [, count] = alike.get(String(point)) ?? [point, 0];
    alike.set(String(point), [point, count + 1]);
  }
  const style = { size: 12, weight: 600, fill: "ink", halo: HALO, shift: [7, -9] } as const;
  return [...alike.values()].flatMap(([at, count]) => (count < TOGETHER ? [] : [words(at, `${count} ×`, style)]));
}

/** The points. Those that the step sees are full, the others hollow. */
function dots({ content: { points }, scene, leader, highlighted, batch }: DataDrawing): Mark[] {
  const run = leader === null ? null : scene.runs[leader];
  const radius = points.length > 30 ? 3 : 4.5;
  const all = points.map((point, k) =>
    !batch || batch.includes(k)
      ? dot(point, radius, { fill: "ink", stroke: "paper", width: 1.2, of: "seen" })
      : dot(point, radius, { fill: "paper", stroke: "ink3", width: 1.2, of: "unseen" }),
  );
  const countMarks = counts(points);
  if (highlighted === null || !points[highlighted]) return [...all, ...countMarks];
  const ring = dot(points[highlighted], radius + 3.5, {
    stroke: run ? runInk(run.slot) : "ink",
    width: 2,
    casing: { stroke: "paper", width: 4.5 },
  });
  return [...all, ...countMarks, ring];
}
