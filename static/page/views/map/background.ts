/**
 * Everything that stands still while the playhead moves. The painting (shades and contours) comes from a worker; until
 * it is there a coarse picture stands in, and while the visible area moves the last one is drawn to its place.
 */

import { paint } from "../../marks/canvas.ts";
import { group, type Mark } from "../../marks/mark.ts";
import type { Occupancy } from "../../marks/occupancy.ts";
import { PIXELS } from "../../marks/scales.ts";
import { type Box, inside } from "../../math/box.ts";
import type { Levels } from "../../math/levels.ts";
import type { ThemeName } from "../../math/palette.ts";
import { createChanged } from "../../reads.ts";
import { type Extent, gridOf } from "../../service/painting/grid.ts";
import type { OrderPainting } from "../../service/painting/orders.ts";
import { drawContours, type Order, paintGround, type Relief } from "../../service/painting/painting.ts";
import type { Landscape } from "../../state/types.ts";
import { axesMarks, crossMarks, toldMinima } from "./mapAxes.ts";
import { minimaMarks, placeMinima, type Sink } from "./minima.ts";
import { bareRoom, type MapDrawing } from "./moment.ts";
import type { MapPorts } from "./pointer.ts";
import { profileMarks } from "./profile.ts";
import {
  type ContourLabel,
  imageMark,
  type PlacedImage,
  placedImageOf,
  reliefMarks,
  unsampledMarks,
} from "./relief.ts";
import { placeStart, startOn, startText } from "./start.ts";
import { type VisibleArea, windowOf } from "./visibleArea.ts";

/** More pixels than this are shaded at less than the screen's own fineness; lines stay sharp. */
const MOST_PIXELS = 2.2e6;
/** Finer samples are awaited this long before those at hand are painted in full. */
const PATIENCE = 300;
const COARSE = 0.25;
/** Words that stand still move out of a route's way only once it has come to rest. */
const ROUTES_QUIET = 350;
/** Contours of a sketch have vertices this many times further apart. */
const COARSE_LINES = 3;

/** What a picture shows. */
interface Subject {
  landscape: Landscape;
  levels: Levels;
  theme: string;
  area: VisibleArea;
  ratio: number;
  nearness: number;
}

/** What has been painted. */
export interface PaintedGround {
  /** what is in sight, or was a moment ago */
  near: PlacedImage | null;
  /** the whole domain, below it */
  wide: PlacedImage | null;
  relief: Relief | null;
  /** where `near` has samples */
  sampled: Extent | null;
}

const BARE: PaintedGround = { near: null, wide: null, relief: null, sampled: null };

export function createBackground(orderPainting: OrderPainting, { invalidate, after, cancel }: MapPorts) {
  let subject: Subject | null = null;
  let ground: PaintedGround = BARE;
  /** With the tints of where starts end over it, where it has them. */
  let tinted: PaintedGround = BARE;
  let timer = 0;
  let labels: ContourLabel[] = [];
  /** The picture is to show something else. */
  const wanted = createChanged();
  const changed = createChanged();
  const routesChanged = createChanged();
  /** It is to be printed though nothing has changed. */
  let stale = false;
  let quiet = 0;
  /** Minima in sight. */
  let sinks: Sink[] = [];
  /** Of the start, from its place. */
  let startWords: Box | null = null;
  /** Where words and buttons stand that the numbers of steps keep off. */
  let boxes: Box[] = [];

  function want({ scene, axes, served, area, look }: MapDrawing) {
    const { landscape, levels, theme, window } = scene;
    if (!landscape || !levels || !landscape.y) return clear();
    const nearness = area.kx / axes.area({ ...scene, window: null }, look.box).kx;
    const next = { landscape, levels, theme, area, nearness, ratio: fineness(area, look.ratio) };
    if (!wanted(landscape, levels, theme, area, next.ratio)) return;
    if (!subject || subject.levels !== levels || subject.theme !== theme) {
      ground = sketch(next);
      labels = [];
    }
    subject = next;
    cancel(timer);
    timer = after(() => order(next, window !== null), served ? 0 : PATIENCE);
  }

  /** @param near  not the whole domain */
  function order(ordered: Subject, near: boolean) {
    const { kx, ky } = ordered.area;
    orderPainting({
      order: orderOf(ordered, ordered.ratio),
      unitsX: 1 / kx,
      unitsY: 1 / ky,
      done({ image, relief }) {
        if (subject?.levels !== ordered.levels || subject.theme !== ordered.theme) return;
        const placed = placedImageOf(image);
        ground = { near: placed, wide: near ? ground.wide : placed, relief, sampled: relief.extent };
        invalidate();
      },
    });
  }

  function clear() {
    if (!subject) return;
    cancel(timer);
    wanted();
    subject = null;
    ground = BARE;
    labels = [];
  }

  function groundMarks(drawing: MapDrawing, room: Occupancy): Mark[] {
    const { scene, area, look, endsGround } = drawing;
    const { landscape, levels } = scene;
    const { near, wide, relief, sampled } = ground;
    const byEnds = endsGround?.tinted(ground, drawing);
    tinted = byEnds?.ground ?? ground;
    const contours = relief && levels && !byEnds ? reliefMarks(area, look, relief, levels, room, labels) : null;
    if (contours) labels = contours.labels;
    return [
      ...unsampledMarks(area, look, sampled),
      ...(wide && wide !== near ? [imageMark(area, wide)] : []),
      ...(near ? [imageMark(area, near)] : []),
      ...((byEnds ?? contours)?.marks ?? []),
      ...(landscape && levels && !landscape.y ? profileMarks(area, look, landscape, levels) : []),
    ];
  }

  function printAgain() {
    stale = true;
    invalidate();
  }

  function print(context: CanvasRenderingContext2D, drawing: MapDrawing) {
    const { scene, area, look, axes, endsGround } = drawing;
    const room = bareRoom(drawing);
    const [x, y] = startOn(drawing);
    const start = inside(look.box, x, y) ? placeStart(look, x, y, startText(scene.start), room) : null;
    startWords = start && { ...start, left: start.left - x, top: start.top - y };
    sinks = placeMinima(area, look, endsGround?.minima(scene) ?? axes.minima(scene), room);
    boxes = [...drawing.taken, ...sinks.map(({ box }) => box), ...(start ? [start] : [])];
    const onGround = [...groundMarks(drawing, room), ...crossMarks(area, look), ...minimaMarks(sinks)];
    const marks = [group(onGround, { clip: look.box }), ...axesMarks(area, look, axes.names)];
    paint(context, { size: look, scales: PIXELS, look, ratio: look.ratio, marks });
  }

  return {
    draw(context: CanvasRenderingContext2D, drawing: MapDrawing) {
      want(drawing);
      const { scene, area, look, endsGround } = drawing;
      const { landscape, levels, problem, ends } = scene;
      const minima = toldMinima(scene);
      const differs = changed(landscape, levels, problem.domain, minima, area, look, ground, endsGround, ends);
      const moved = routesChanged(drawing.traces);
      if (differs || stale || moved) cancel(quiet);
      if (differs || stale) print(context, drawing);
      else if (moved) quiet = after(printAgain, ROUTES_QUIET);
      stale = false;
    },
    painted: () => tinted,
    /** the words on it */
    words: () => ({ labels, startWords, sinks, boxes }),
  };
}

/** A first, coarse ground, at once: that of another problem must not stay, and a dragged point moves all of it. */
function sketch(subject: Subject): PaintedGround {
  const order = orderOf(subject, COARSE);
  const relief = drawContours(order.grid, order.levels, COARSE_LINES / subject.area.kx, COARSE_LINES / subject.area.ky);
  return { near: placedImageOf(paintGround(order)), wide: null, relief, sampled: order.grid };
}

/** @returns shaded pixels a CSS pixel */
function fineness({ box }: VisibleArea, ratio: number): number {
  return Math.min(ratio, Math.sqrt(MOST_PIXELS / (box.width * box.height)));
}
function orderOf({ landscape, levels, theme, area, nearness }: Subject, ratio: number): Order {
  const [[x0, x1], [y0, y1]] = windowOf(area);
  return {
    grid: gridOf(landscape),
    levels,
    theme: theme as ThemeName,
    extent: { x0, x1, y0, y1 },
    width: Math.max(2, Math.round(area.box.width * ratio)),
    height: Math.max(2, Math.round(area.box.height * ratio)),
    ratio,
    nearness,
  };
}
