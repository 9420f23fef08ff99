/**
 * Everything that stands still while the playhead moves. The painting (shades and contours) comes from a
 * worker; until it is there a coarse picture stands in, and while the visible area moves the last one is drawn to its place.
 */
import { memo } from "../../reads.ts";
import { drawImage, drawRelief, drawUnsampled, placedImageOf } from "./relief.ts";
import { drawCrosses, drawAxes } from "./axes.ts";
import { gridOf } from "../../service/painting/grid.ts";
import { drawMinima, placeMinima } from "./marks.ts";
import { createOccupancy } from "./occupancy.ts";
import { drawProfile } from "./profile.ts";
import { wipe } from "./routes.ts";
import { drawContours, paintGround } from "../../service/painting/painting.ts";
import type { PaintingOrders } from "../../service/painting/orders.ts";
import { clippedSegment } from "./trace.ts";
import { sameArea, screenX, screenY, windowOf } from "./visibleArea.ts";
import type { MapDrawing } from "./index.ts";
import type { VisibleArea } from "./visibleArea.ts";
import type { Box } from "../../math/box.ts";
import type { Trace } from "./trace.ts";
import type { PlacedImage } from "./relief.ts";
import type { Order, Relief } from "../../service/painting/painting.ts";
import type { ContourLabel } from "./labels.ts";
import type { Occupancy } from "./occupancy.ts";
import type { Landscape, Problem, Scene } from "../../state/types.ts";
import type { Levels } from "../../math/levels.ts";
import type { Sink } from "./marks.ts";
import type { Extent } from "../../service/painting/grid.ts";

/** More pixels than this are shaded at less than the screen's own fineness; lines stay sharp. */
const MOST_PIXELS = 2.2e6;
/** Finer samples are awaited this long before those at hand are painted in full. */
const PATIENCE = 300;
const COARSE = 0.25;
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
interface PaintedGround {
  /** what is in sight, or was a moment ago */
  near: PlacedImage | null;
  /** the whole domain, below it */
  wide: PlacedImage | null;
  relief: Relief | null;
  /** where `near` has samples */
  sampled: Extent | null;
}

const BARE: PaintedGround = { near: null, wide: null, relief: null, sampled: null };

function sameSubject(a: Subject, b: Subject) {
  return a.landscape === b.landscape && a.levels === b.levels && a.theme === b.theme && a.ratio === b.ratio && sameArea(a.area, b.area);
}

/** @param changed  called when a painting has come in */
export function createBackground(painter: PaintingOrders, changed: () => void) {
  let subject: Subject | null = null;
  let ground: PaintedGround = BARE;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let labels: ContourLabel[] = [];
  /** How often it was to be printed though nothing had changed. */
  let again = 0;
  /** Minima in sight. */
  let sinks: Sink[] = [];
  /** Where words stand that are not a contour's. */
  let words: Box[] = [];
  let occupancy: Occupancy = createOccupancy({ left: 0, top: 0, width: 1, height: 1 });

  function paint({ scene, plane, served, area, look }: MapDrawing) {
    const { landscape, levels, theme, window } = scene;
    if (!landscape || !levels || !landscape.y) return clear();
    const nearness = area.kx / plane.area({ ...scene, window: null }, look.box).kx;
    const next = { landscape, levels, theme, area, nearness, ratio: fineness(area, look.ratio) };
    if (subject && sameSubject(subject, next)) return;
    if (!subject || subject.levels !== levels || subject.theme !== theme) {
      ground = sketch(next);
      labels = [];
    }
    subject = next;
    clearTimeout(timer);
    timer = setTimeout(() => order(next, window !== null), served ? 0 : PATIENCE);
  }

  /** @param near  not the whole domain */
  function order(wanted: Subject, near: boolean) {
    const { kx, ky } = wanted.area;
    painter.order({
      order: orderOf(wanted, wanted.ratio), unitsX: 1 / kx, unitsY: 1 / ky,
      done({ image, relief }) {
        if (subject?.levels !== wanted.levels || subject.theme !== wanted.theme) return;
        const placed = placedImageOf(image);
        ground = { near: placed, wide: near ? ground.wide : placed, relief, sampled: relief.extent };
        changed();
      },
    });
  }

  function clear() {
    if (!subject) return;
    clearTimeout(timer);
    subject = null;
    ground = BARE;
    labels = [];
  }

  function drawGround(context: CanvasRenderingContext2D, { scene: { landscape, levels }, area, look }: MapDrawing) {
    drawUnsampled(context, area, look, ground.sampled);
    if (ground.wide && ground.wide !== ground.near) drawImage(context, area, ground.wide);
    if (ground.near) drawImage(context, area, ground.near);
    if (ground.relief && levels) labels = drawRelief(context, area, look, ground.relief, levels, occupancy, labels);
    if (landscape && levels && !landscape.y) drawProfile(context, area, look, landscape, levels);
  }

  function print(context: CanvasRenderingContext2D, drawing: MapDrawing) {
    const { scene, area, look, plane } = drawing;
    occupancy = createOccupancy(look.box);
    markBusy(occupancy, drawing);
    wipe(context, look);
    sinks = placeMinima(context, area, look, plane.minima(scene), occupancy);
    words = sinks.map((sink) => sink.box);
    context.save();
    context.beginPath();
    context.rect(look.box.left, look.box.top, look.box.width, look.box.height);
    context.clip();
    drawGround(context, drawing);
    drawCrosses(context, area, look);
    drawMinima(context, look, sinks);
    context.restore();
    drawAxes(context, area, look, plane.names);
  }

  /** What its canvas shows: another object once anything of it is another. */
  const shown = memo((given: Pick<Scene, "landscape" | "levels"> & Pick<Problem, "domain" | "minima"> & Pick<MapDrawing, "area" | "look"> & { ground: PaintedGround; again: number }) => ({ ...given }));
  let printed: object | null = null;

  return {
    /** @returns whether anything had changed */
    draw(context: CanvasRenderingContext2D, drawing: MapDrawing): boolean {
      paint(drawing);
      const { scene: { landscape, levels, problem: { domain, minima } }, area, look } = drawing;
      const now = shown({ landscape, levels, domain, minima, area, look, ground, again });
      if (now === printed) return false;
      printed = now;
      print(context, drawing);
      return true;
    },
    /** Prints again next time, though nothing has changed but the routes. */
    forget: () => void (again += 1),
    /** @returns whether a route runs over a number */
    crossedBy: (traces: Trace[]): boolean => traces.some((trace) => labels.some((label) => runsOver(trace, label))),
    occupancy: () => occupancy,
    words: () => words,
    sinks: () => sinks,
    destroy() {
      clearTimeout(timer);
      painter.destroy();
    },
  };
}

function runsOver({ xs, ys, length }: Trace, { x, y }: ContourLabel) {
  for (let k = 0; k < length; k++) if (Math.abs(xs[k] - x) < 14 && Math.abs(ys[k] - y) < 10) return true;
  return false;
}

function markRoute(occupancy: Occupancy, { xs, ys, within, length }: Trace, box: Box) {
  for (let k = 1; k < length; k++) {
    const part = within[k] || within[k - 1] ? clippedSegment(box, xs[k - 1], ys[k - 1], xs[k], ys[k]) : null;
    if (!part) continue;
    const [x, y, dx, dy] = [xs[k - 1], ys[k - 1], xs[k] - xs[k - 1], ys[k] - ys[k - 1]];
    occupancy.markSegment(x + dx * part[0], y + dy * part[0], x + dx * part[1], y + dy * part[1]);
  }
}

/** Room that words are to keep off: routes, the start, the zoom buttons, numbers on the ground. */
function markBusy(occupancy: Occupancy, { scene, area, look, plane, traces }: MapDrawing) {
  for (const trace of traces) markRoute(occupancy, trace, look.box);
  const { left, top, width, height } = look.box;
  const s = look.scale;
  occupancy.markBox({ left: left + width - 52 * s, top, width: 52 * s, height: 116 * s });
  if (look.compact) {
    occupancy.markBox({ left, top, width: 30 * s, height });
    occupancy.markBox({ left, top: top + height - 22 * s, width, height: 22 * s });
  }
  const [x, y] = plane.start(scene);
  occupancy.markBox({ left: screenX(area, x) - 10 * s, top: screenY(area, y) - 10 * s, width: 20 * s, height: 18 * s });
}

/** A first, coarse ground, at once: another problem's must not stand there, and a point under the hand moves all of it. */
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
    grid: gridOf(landscape), levels, theme: theme as "day" | "night", extent: { x0, x1, y0, y1 },
    width: Math.max(2, Math.round(area.box.width * ratio)), height: Math.max(2, Math.round(area.box.height * ratio)), ratio, nearness,
  };
}
