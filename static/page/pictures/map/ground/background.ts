/**
 * Everything that stands still while the playhead moves. The painting (shades and contours) comes from a worker; until
 * it is there a coarse picture stands in, and while the visible area moves the last one is drawn to its place.
 */

import { paint } from "../../../marks/canvas.ts";
import { group, type Mark } from "../../../marks/mark.ts";
import { PIXELS } from "../../../marks/scales.ts";
import { type Box, isInside } from "../../../math/box.ts";
import type { Levels } from "../../../math/levels.ts";
import type { ThemeName } from "../../../math/palette.ts";
import { keepSame } from "../../../memo.ts";
import { type Extent, gridOf } from "../../../service/painting/grid.ts";
import type { OrderPainting } from "../../../service/painting/orders.ts";
import { drawContours, type Order, paintGround, type Relief } from "../../../service/painting/painting.ts";
import type { Landscape } from "../../../state/types.ts";
import { axesMarks, crossMarks, shownMinima } from "../mapAxes.ts";
import type { MapLayout, StillMap } from "../moment.ts";
import type { Trace } from "../paths/trace.ts";
import type { MapPorts } from "../pointer/pointer.ts";
import { type VisibleArea, windowOf } from "../visibleArea.ts";
import { bareSpace } from "../words/space.ts";
import type { EndsGround } from "./endsGround.ts";
import { minimaMarks, placeMinima } from "./minima.ts";
import { profileMarks } from "./profile.ts";
import {
  type ContourLabel,
  type PlacedImage,
  placedImageOf,
  placedMark,
  reliefMarks,
  unsampledMarks,
} from "./relief.ts";
import { placeStart, startOn, startText } from "./start.ts";

/** A larger map is shaded with so many pixels; lines stay as fine as the screen. */
const MOST_PIXELS = 2.2e6;
/** Milliseconds to wait for finer samples before those at hand are painted in full. */
const PATIENCE = 300;
const COARSE = 0.25;
/** Milliseconds for which routes must rest before words that stand still make room for them. */
const ROUTES_QUIET = 350;
/** Contours of a sketch have vertices this many times further apart. */
const COARSE_LINES = 3;

/** What a painting shows. */
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

export const BARE: PaintedGround = { near: null, wide: null, relief: null, sampled: null };

/** The words that stand still, and the boxes of these and of buttons, which the numbers of steps keep off. */
export type GroundWords = Pick<StillMap, "labels" | "startWords" | "minimumLabels"> & { boxes: Box[] };

/** @returns what is to be painted of a map; null: no ground seen from above */
export function subjectOf({ scene, area, domainArea, look }: MapLayout): Subject | null {
  const { landscape, levels, theme } = scene;
  if (!landscape?.y || !levels) return null;
  return { landscape, levels, theme, area, nearness: area.kx / domainArea.kx, ratio: fineness(area, look.ratio) };
}

/** Orders a painting in full. @param done  called with it, and with how its contours run */
export function orderGround(
  orderPainting: OrderPainting,
  ordered: Subject,
  done: (placed: PlacedImage, relief: Relief) => void,
) {
  const { kx, ky } = ordered.area;
  const order = orderOf(ordered, ordered.ratio);
  orderPainting({
    order,
    unitsX: 1 / kx,
    unitsY: 1 / ky,
    done: ({ image, relief }) => done(placedImageOf(image), relief),
  });
}

/**
 * All that stands still while the playhead moves.
 * @param endsGround  draws where starts end, once it is there
 * @param previous  where numbers of contours stood: they stay if they can
 * @returns tinted: the ground with the tints of where starts end over it, where it has them
 */
export function stillGroundOf(
  layout: MapLayout,
  ground: PaintedGround,
  endsGround: EndsGround | null,
  previous: ContourLabel[] = [],
): { marks: Mark[]; groundWords: GroundWords; tinted: PaintedGround } {
  const { scene, area, look, axes } = layout;
  const { landscape, levels } = scene;
  const { near, wide, relief, sampled } = ground;
  const space = bareSpace(layout);
  const [x, y] = startOn(layout);
  const start = isInside(look.box, x, y) ? placeStart(look, x, y, startText(scene.start), space) : null;
  const minimumLabels = placeMinima(area, look, endsGround?.minima(scene) ?? axes.minima(scene), space);
  const byEnds = endsGround?.tinted(ground, layout);
  const contours = relief && levels && !byEnds ? reliefMarks(area, look, relief, levels, space, previous) : null;
  const onGround = [
    ...unsampledMarks(area, look, sampled),
    ...(wide && wide !== near ? [placedMark(area, wide)] : []),
    ...(near ? [placedMark(area, near)] : []),
    ...((byEnds ?? contours)?.marks ?? []),
    ...(landscape && levels && !landscape.y ? profileMarks(area, look, landscape, levels) : []),
    ...crossMarks(area, look),
    ...minimaMarks(minimumLabels),
  ];
  return {
    marks: [group(onGround, { clip: look.box }), ...axesMarks(area, look, axes.names)],
    groundWords: {
      labels: contours?.labels ?? previous,
      startWords: start && { ...start, left: start.left - x, top: start.top - y },
      minimumLabels,
      boxes: [...layout.edgeBoxes, ...minimumLabels.map(({ box }) => box), ...(start ? [start] : [])],
    },
    tinted: byEnds?.ground ?? ground,
  };
}

/** @returns what draws it on the page, also while its painting is still to come */
export function createBackground(orderPainting: OrderPainting, { invalidate, after, cancel }: MapPorts) {
  let subject: Subject | null = null;
  let ground: PaintedGround = BARE;
  let tinted: PaintedGround = BARE;
  let timer = 0;
  let groundWords: GroundWords = { labels: [], startWords: null, minimumLabels: [], boxes: [] };
  const keepSubject = keepSame<Subject | null>();
  const keepContent = keepSame<unknown[]>();
  /** Whether nothing has been painted in full since the problem came. */
  let sketched = true;
  /** What is drawn. */
  let content: unknown[] = [];
  /** Words are to be placed again though nothing else has changed. */
  let wordsStale = false;
  let routes: Trace[] | null = null;
  let quiet = 0;

  function want(layout: MapLayout, served: boolean) {
    const next = keepSubject(subjectOf(layout));
    if (next === subject) return;
    cancel(timer);
    if (!next) return clear();
    const { levels, theme } = next;
    const anew = subject?.levels !== levels || subject.theme !== theme;
    if (anew) groundWords = { ...groundWords, labels: [] };
    // A sketch of the domain ends where its samples do: with more of them it is drawn again, up to the edge of the map.
    if (anew || sketched) ground = sketch(next);
    sketched ||= anew;
    subject = next;
    timer = after(() => order(next, layout.scene.window !== null), served ? 0 : PATIENCE);
  }

  /** @param near  not the whole domain */
  function order(ordered: Subject, near: boolean) {
    orderGround(orderPainting, ordered, (placed, relief) => {
      if (subject?.levels !== ordered.levels || subject.theme !== ordered.theme) return;
      // The sketch has been drawn from more ground since.
      if (sketched && subject.landscape !== ordered.landscape) return;
      ground = { near: placed, wide: near ? ground.wide : placed, relief, sampled: relief.extent };
      sketched = false;
      invalidate();
    });
  }

  function clear() {
    subject = null;
    ground = BARE;
    groundWords = { ...groundWords, labels: [] };
  }

  function placeAgain() {
    wordsStale = true;
    invalidate();
  }

  return {
    /** @param served  the samples are as fine as the screen deserves */
    draw(context: CanvasRenderingContext2D, layout: MapLayout, served: boolean, endsGround: EndsGround | null) {
      want(layout, served);
      const { scene, area, look } = layout;
      const { landscape, levels, problem, ends } = scene;
      const minima = shownMinima(scene);
      const next = keepContent([landscape, levels, problem.domain, minima, area, look, ground, endsGround, ends]);
      const moved = layout.traces !== routes;
      const changed = next !== content || wordsStale;
      if (changed || moved) cancel(quiet);
      if (changed) {
        const { marks, ...still } = stillGroundOf(layout, ground, endsGround, groundWords.labels);
        ({ groundWords, tinted } = still);
        paint(context, { size: look, scales: PIXELS, look, ratio: look.ratio, marks });
      } else if (moved) quiet = after(placeAgain, ROUTES_QUIET);
      [content, routes, wordsStale] = [next, layout.traces, false];
    },
    painted: () => tinted,
    groundWords: () => groundWords,
  };
}

/** Paints a coarse ground at once: for another problem, until it is painted in full, and while a point is dragged. */
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
