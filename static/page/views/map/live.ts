/** What moves: the routes' last steps, heads, arrows, the start and the runs that have left. */
import { shared } from "../../reads.ts";
import { formatExact } from "../../math/format.ts";
import { angleAlong, arrowUnder, directionsAt, drawArrows } from "./arrows.ts";
import { drawExits, exitOf } from "./exits.ts";
import { drawGathered } from "./gathered.ts";
import { drawStart, nameMinima } from "./marks.ts";
import { drawHead } from "./pen.ts";
import { redrawIn, stretchBox } from "./region.ts";
import { FAINT } from "./routes.ts";
import { placeAt } from "./trace.ts";
import { inside, screenX, screenY } from "./visibleArea.ts";
import type { MapDrawing } from "./index.ts";
import type { Trace } from "./trace.ts";
import type { Box } from "../../math/box.ts";
import type { Exit } from "./exits.ts";
import type { HeadPlace } from "./gathered.ts";
import type { Occupancy } from "./occupancy.ts";
import type { Hit } from "../../state/types.ts";
import type { createRoutes } from "./routes.ts";
import type { Sink, Told } from "./marks.ts";

/** What a frame is made from besides the drawing. */
interface Around {
  /** what the pointer is on */
  hit: Hit | null;
  /** what the background has drawn */
  occupancy: Occupancy;
  /** minima, to be named */
  sinks: Sink[];
  /** of these, those whose place is told whatever is in the way */
  told: Told;
  /** what stands in its margin */
  taken: Box[];
}

export function createLive(context: CanvasRenderingContext2D, routes: ReturnType<typeof createRoutes>) {
  /** What the last frame was drawn from, apart from the playhead. */
  let shown: object | null = null;
  /** The words beside the start. */
  let startName: Box | null = null;

  /** @returns whether only heads and routes have moved on */
  function onlyMoved({ scene, content, playhead }: MapDrawing, { hit, occupancy, taken, told }: Around, exits: Exit[], places: HeadPlace[]): boolean {
    const { highlighted, direction } = playhead;
    const ends = exits.map(({ trace, x, y }) => [trace.index, x, y]);
    const now = shared(shown, { content, hit, occupancy, highlighted, direction, selected: scene.selected, start: scene.start, taken, told, ends, places });
    const same = now === shown;
    shown = now;
    return same;
  }

  function changed({ traces, scene, look, playhead }: MapDrawing, from: number | null): Box[] {
    if (from === null) return [{ left: 0, top: 0, width: look.width, height: look.height }];
    return traces.map((trace) => stretchBox(trace, from, playhead.step, look, trace.index === scene.selected)).filter((box) => box !== null);
  }

  return {
    startName: () => startName,
    draw(drawing: MapDrawing, around: Around) {
      const { look, traces, content, playhead: { step } } = drawing;
      const exits = traces.map((trace) => exitOf(trace, step, look.box)).filter((exit) => exit !== null);
      const places = resting(drawing);
      const from = routes.lay(content, step);
      const boxes = changed(drawing, onlyMoved(drawing, around, exits, places) ? from : null);
      if (boxes.length) {
        redrawIn(context, look, boxes, () => {
          routes.draw(context, content, step);
          startName = startMark(context, drawing, around.occupancy);
          drawMarks(context, drawing, around, places);
          drawExits(context, look, exits, around.taken);
        });
      }
    },
  };
}

function drawMarks(context: CanvasRenderingContext2D, drawing: MapDrawing, { hit, occupancy, sinks, told }: Around, places: HeadPlace[]) {
  const { look, traces, content } = drawing;
  nameMinima(context, look, sinks, told);
  arrows(context, drawing);
  const upwards = [...traces].sort((a, b) => Number(a.index === content.focus) - Number(b.index === content.focus));
  for (const trace of upwards) head(context, drawing, trace);
  drawGathered(context, look, places, occupancy);
  if (hit) ring(context, drawing, hit);
}

/** @returns of its words, where it is in sight */
function startMark(context: CanvasRenderingContext2D, { scene, plane, area, look }: MapDrawing, occupancy: Occupancy): Box | null {
  const [x, y] = plane.start(scene);
  const [px, py] = [screenX(area, x), screenY(area, y)];
  if (!inside(area.box, px, py)) return null;
  return drawStart(context, look, px, py, scene.start.map((value) => formatExact(value, 4)).join(", "), occupancy);
}

function arrows(context: CanvasRenderingContext2D, { scene, traces, area, look, playhead }: MapDrawing) {
  const trace = traces.find(({ index }) => index === scene.selected);
  if (!trace) return;
  const [x, y] = placeAt(trace, playhead.step);
  if (!inside(area.box, x, y)) return;
  const row = Math.min(Math.floor(playhead.step), trace.length - 1);
  const ownAngle = playhead.direction ? angleAlong(playhead.direction, area) : null;
  drawArrows(context, look, x, y, directionsAt(trace, row, area), look.colours.runs[trace.run.slot], playhead.highlighted ?? null, ownAngle);
}

/** The quantity whose arrow lies at a place of the map. */
export function arrowAt({ scene, traces, area, look, playhead }: MapDrawing, px: number, py: number): string | null {
  const trace = traces.find(({ index }) => index === scene.selected);
  if (!trace) return null;
  const [x, y] = placeAt(trace, playhead.step);
  const row = Math.min(Math.floor(playhead.step), trace.length - 1);
  return inside(area.box, x, y) ? arrowUnder(directionsAt(trace, row, area), px - x, py - y, look.scale) : null;
}

const stopped = ({ run, length }: Trace, step: number): boolean => run.end !== null && step >= length - 1;

function head(context: CanvasRenderingContext2D, { scene, content, area, look, playhead: { step } }: MapDrawing, trace: Trace) {
  const [x, y] = placeAt(trace, step);
  if (!inside(area.box, x, y)) return;
  context.globalAlpha = content.hovering && trace.index !== content.focus ? FAINT : 1;
  drawHead(context, look, trace.run.slot, x, y, { stopped: stopped(trace, step), selected: trace.index === scene.selected });
  context.globalAlpha = 1;
}

function resting({ traces, area, playhead: { step } }: MapDrawing): HeadPlace[] {
  return traces.filter((trace) => stopped(trace, step)).flatMap((trace) => {
    const [x, y] = placeAt(trace, step);
    return inside(area.box, x, y) ? [{ slot: trace.run.slot, x, y }] : [];
  });
}

function ring(context: CanvasRenderingContext2D, { traces, look }: MapDrawing, { run, step }: Hit) {
  const trace = traces.find(({ index }) => index === run);
  if (!trace) return;
  context.beginPath();
  context.arc(trace.xs[step], trace.ys[step], 7 * look.scale, 0, 2 * Math.PI);
  for (const [width, colour] of [[5, look.colours.casing], [2, look.colours.ink]] as [number, string][]) {
    context.lineWidth = width * look.scale;
    context.strokeStyle = colour;
    context.stroke();
  }
}
