/**
 * The chart of the data of a line fit: the points, the line of each run at the playhead, its residuals, and the
 * contribution of each point.
 */
import { setAttribute } from "../../dom.ts";
import { type Look, widthOf } from "../../marks/look.ts";
import {
  dot,
  group,
  HALO,
  inPixels,
  type Mark,
  type Outline,
  runInk,
  segment,
  shape,
  verticals,
  words,
} from "../../marks/mark.ts";
import { createOccupancy } from "../../marks/occupancy.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import { evenScale, type Scales, screenPlace, shareScales } from "../../marks/scales.ts";
import type { Point } from "../../math/fit.ts";
import { formatMeasured } from "../../math/format.ts";
import { keepEqual, memo } from "../../memo.ts";
import type { Run, Scene, Shares } from "../../state/types.ts";
import { endsOf, type Tick, valueSide } from "../chart/plot.ts";
import { fitMarks } from "./fits.ts";
import { createHandles, type DataEvents, listenToPoints, pointWords } from "./handles.ts";
import { bottomOf, type DataArea, EDGE, isInArea, NUMBERED, plotAreaOf, REST, spanOf } from "./plotArea.ts";

/** The data and its axes. */
export interface DataContent {
  /** in raw units */
  points: Point[];
  standardized: boolean;
  xLabel: string;
  yLabel: string;
}

/** What does not change while the playhead moves. */
export interface DataLayout extends DataArea {
  content: DataContent;
  look: Look;
}

interface DataMoment {
  scene: Scene;
  step: number;
  /** index of the run whose residuals are drawn */
  leader: number | null;
  /** index of a point */
  highlighted: number | null;
  /** the contributions of the points for that run */
  shares: Shares | null;
  /** the points of its next step; null: all */
  batch: number[] | null;
}

export type DataDrawing = DataLayout & DataMoment;

/** @returns makes the marks; the points again only when they have changed. @param axes  of its layout */
export function createDataMarks(): (drawing: DataDrawing, axes: Mark[]) => Mark[] {
  const points = memo(dots);
  return (drawing, axes) => {
    const { content, scene, leader, highlighted, batch } = drawing;
    const slot = leader === null ? null : scene.shownRuns[leader].slot;
    const dotted = points(content.points, slot, highlighted, batch);
    return [...axes, ...fitMarks(drawing), ...strip(drawing), ...dotted];
  };
}

/** The axes, with a title at the end of each, in line with the numbers. */
export function dataAxes(layout: DataLayout): Mark[] {
  const { box, x, strip, titleRow, content, look } = layout;
  const free = box.left + box.width - (titleRow ? -20 : widthOf(look, content.xLabel) + 8);
  const isFree = ({ at, text }: Tick) => box.left + at * box.width + widthOf(look, text) / 2 < free;
  const foot = segment([0, 0], [1, 0], { crisp: true, stroke: "ink", strokeOpacity: strip ? 0.3 : undefined });
  const ticks = x.ticks.flatMap((tick) => [
    shape([tick.at, 0], "M0 0v4", { crisp: true, stroke: "ink" }),
    ...(isFree(tick) ? [words([tick.at, 0], tick.text, { anchor: "middle", shift: [0, 13] })] : []),
  ]);
  const title = words([1, 0], content.xLabel, { anchor: "end", fill: "ink", shift: [0, 13 + titleRow] });
  const whole = { ...box, height: bottomOf(layout) - box.top };
  return [
    valueSide(layout, look),
    ...(strip ? [group([foot], { scales: shareScales(box) })] : []),
    group([foot, ...ticks, title], { scales: shareScales(whole) }),
    inPixels([words([EDGE, box.top], content.yLabel, { fill: "ink", shift: [0, -12] })]),
  ];
}

/** @returns the points of its next step; null: all */
function batchOf(run: Run | null, step: number): number[] | null {
  const batch = run?.columns.batch;
  return batch ? (batch[Math.min(Math.floor(step), batch.length - 1)] ?? null) : null;
}

/** From so many points at one place on their number is shown. */
const TOGETHER = 3;

/** The numbers of points at one place. */
function counts(points: Point[]): Mark[] {
  const alike = new Map<string, [Point, number]>();
  for (const point of points) {
    const [, count] = alike.get(String(point)) ?? [point, 0];
    alike.set(String(point), [point, count + 1]);
  }
  const style = { size: 12, weight: 600, fill: "ink", halo: HALO, shift: [7, -9] } as const;
  return [...alike.values()].flatMap(([at, count]) => (count < TOGETHER ? [] : [words(at, `${count} ×`, style)]));
}

/** The points: full if the step uses them, else hollow. */
function dots(points: Point[], slot: number | null, highlighted: number | null, batch: number[] | null): Mark[] {
  const radius = points.length > 30 ? 3 : 4.5;
  const all = points.map((point, k) => {
    const inBatch = !batch || batch.includes(k);
    const style: Outline = inBatch ? { fill: "ink", stroke: "paper" } : { fill: "paper", stroke: "ink3" };
    return dot(point, radius, { ...style, width: 1.2, of: inBatch ? "seen" : "unseen" });
  });
  const lit = highlighted === null ? undefined : points[highlighted];
  const stroke = slot === null ? "ink" : runInk(slot);
  const ring = { stroke, width: 2, casing: { stroke: "paper", width: 4.5 } } as const;
  return [...all, ...counts(points), ...(lit ? [dot(lit, radius + 3.5, ring)] : [])];
}

/** So many points have their rows of the working in sight at once. */
const FEW = 4;

type DataUpdate = Pick<DataMoment, "leader" | "highlighted" | "shares"> & { content: DataContent };
/** area: the last one, which is kept; span: the range of y; strip: whether there is one */
type DataPicture = Themed & { content: DataContent; area: DataArea | null; span: [number, number]; strip: boolean };

/** The chart, which needs the style sheet `data`. */
export function createData(root: HTMLElement, events: DataEvents) {
  const spanNow = memo(spanOf);
  const marksOf = createDataMarks();
  const chart = createPicture<DataPicture, DataLayout & { axes: Mark[] }, DataMoment>({
    least: { width: 80, height: 60 },
    layOut({ content, area, size, strip, look, span }) {
      const layout = { ...(area ?? plotAreaOf(content, size, strip, look.scale, span)), content, look };
      return { ...layout, axes: dataAxes(layout) };
    },
    marks: (layout, moment) => marksOf({ ...layout, ...moment }, layout.axes),
  });
  chart.place(root);
  let latest: DataUpdate | undefined;
  let span: [number, number] = [0, 0];
  const shown = () => chart.shown()?.layout ?? null;
  const touch = listenToPoints(root, shown, events);
  const handles = createHandles(root, shown, events);

  /**
   * The axes while a point is held: they stay, or the point would leave the finger; with keys it may reach their end.
   */
  function heldArea({ points }: DataContent): DataArea | null {
    const area = shown();
    const inside = area && handles.holding() && points.every((point) => isInArea(area, point));
    return touch.holding() || inside ? area : null;
  }

  return {
    /** @returns the highlighted point, in words */
    render(scene: Scene, { step }: { step: number }, { shares, ...more }: DataUpdate): string {
      latest = keepEqual(latest, { ...more, shares: shares?.run === more.leader ? shares : null });
      const { content, ...rest } = latest;
      const { highlighted } = rest;
      const { theme, scale, shownRuns } = scene;
      setAttribute(root, "data-few", content.points.length <= FEW);
      const area = heldArea(content);
      if (!area) span = keepEqual(span, spanNow(content, shownRuns));
      const batch = batchOf(rest.leader === null ? null : shownRuns[rest.leader], step);
      const moment = { ...rest, scene, step, batch };
      const gradientStrip = rest.shares !== null;
      if (!chart.render({ content, area, span, strip: gradientStrip, theme, scale }, moment)) return "";
      const layout = shown() as DataLayout;
      const drawing = { ...layout, ...moment };
      handles.render(layout, drawing);
      return highlighted !== null && content.points[highlighted] ? pointWords(drawing, highlighted) : "";
    },
    /** @returns the chart without anything highlighted */
    chartExports: () => chart.chartExports({ title: "Data and fit", name: "data" }, { highlighted: null }),
  };
}

/** The contribution of each point to the gradient, as stems below the points, on the same x. */
function strip(drawing: DataDrawing): Mark[] {
  const { strip: box, shares, x, scene, leader, highlighted, content } = drawing;
  if (!box || !shares) return [];
  const all = [...shares.values.values()].filter(Number.isFinite);
  // The axis includes 0.
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  const scales: Scales = {
    box: { ...box, top: box.top + 4, height: box.height - 12 },
    x,
    y: evenScale(low, high > low ? high : low + 1),
  };
  const [from, to] = endsOf(x);
  const ink = leader === null ? "ink" : runInk(scene.shownRuns[leader].slot);
  const places = [...shares.values].flatMap(([point, value]) => {
    const at = content.points[point]?.[0] ?? Number.NaN;
    return Number.isFinite(at + value) ? [{ point, at, value }] : [];
  });
  const stems = (isStrong: boolean) => {
    const some = places.filter(({ point }) => (point === highlighted) === isStrong);
    const lines = some.map(({ at, value }) => [at, 0, value] as const);
    const ends = some.map(({ at, value }) => dot([at, value], isStrong ? 3.4 : 2.4, { fill: ink, of: "stem" }));
    return group([verticals(lines, { stroke: ink, width: isStrong ? 2.6 : 1.6 }), ...ends], {
      opacity: highlighted === null || isStrong ? 1 : REST,
    });
  };
  const zero = [
    segment([from, 0], [to, 0], { crisp: true, stroke: "ink" }),
    words([from, 0], "0", { anchor: "end", shift: [-6, 0] }),
  ];
  // Two captions: the quantity, and the sum or, for a highlighted point, its contribution to each component.
  const [left, right] = captions(shares, highlighted);
  const caption = { fill: "ink", shift: [0, -9] } as const;
  return [
    group([...zero, stems(false), stems(true), ...numbers(drawing, shares, scales)], { scales }),
    inPixels([
      words([EDGE, box.top], left, caption),
      words([box.left + box.width, box.top], right, { ...caption, anchor: "end" }),
    ]),
  ];
}

/** @returns the captions at the left and at the right */
export function captions(
  { parameter, values, total, byParameter }: Shares,
  highlighted: number | null,
): [string, string] {
  const adds = (to: string, value: number) => `adds ${formatMeasured(value, 4)} to ∂L/∂${to}`;
  if (highlighted === null || !values.has(highlighted))
    return [highlighted === null ? `adds to ∂L/∂${parameter}` : "not seen by this step", total];
  const other = byParameter.find((candidate) => candidate.parameter !== parameter);
  return [
    adds(parameter, values.get(highlighted) ?? NaN),
    other ? adds(other.parameter, other.value.get(highlighted) ?? NaN) : total,
  ];
}

/** The numbers of stems, if they are few, or of the highlighted one, where no number covers another. */
function numbers({ look, content, highlighted }: DataDrawing, { values }: Shares, scales: Scales): Mark[] {
  const { left, top, width, height } = scales.box;
  const space = createOccupancy({ left, top: top - height, width, height: 3 * height });
  return [...values].flatMap(([point, value]) => {
    if (highlighted === null ? values.size > NUMBERED : point !== highlighted) return [];
    const at = content.points[point]?.[0] ?? Number.NaN;
    const text = formatMeasured(value, 3);
    const [x, y] = screenPlace(scales, at, value);
    const [wide, high, gap] = [widthOf(look, text), 13 * look.scale, 7 * look.scale];
    const spots = [1, -1].map((side, k) => {
      const near = side > 0 ? x + gap : x - gap - wide;
      return { box: { left: near, top: y - high / 2, width: wide, height: high }, cost: 0.2 * k, side };
    });
    const spot = space.place(spots, 2);
    if (!spot) return [];
    const anchor = spot.side > 0 ? "start" : "end";
    return [words([at, value], text, { anchor, fill: "ink", halo: HALO, shift: [7 * spot.side, 0] })];
  });
}
