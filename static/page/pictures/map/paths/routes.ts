/**
 * The routes, on canvases that keep what does not change: `under` (the whole path, thin, and the casing up to the
 * playhead, of all runs before any colour), `joined` (the thin line that joins the dashes of a run, so that it reads as
 * one line), `aged` (dense runs, which fade with age), `walked` (the dashes) and `focus` (the highlighted run).
 *
 * Dashes are drawn in blocks of rows, run after run, so that the picture of a step is the same whether one plays or
 * jumps there.
 */

import table from "../../../../../fallline/drawing/drawing.json" with { type: "json" };
import { h } from "../../../dom.ts";
import { draw as drawMark } from "../../../marks/canvas.ts";
import { group, type Mark, type Place, path, type RasterMark, runInk } from "../../../marks/mark.ts";
import { PIXELS } from "../../../marks/scales.ts";
import { type Box, withMargin } from "../../../math/box.ts";
import { DASHES } from "../../../math/palette.ts";
import type { MapLayout } from "../moment.ts";
import type { MapLook } from "../style.ts";
import { tickMarks } from "./ticks.ts";
import { placeAt, stretchOf, type Trace } from "./trace.ts";

/** Not in the page: each visible canvas costs the browser a whole screen in every frame. */
const KEPT = ["under", "joined", "aged", "walked", "focus"] as const;

export interface RoutesContent extends Pick<MapLayout, "traces" | "look" | "tickEvery"> {
  /** whether the path beyond the playhead is drawn, thin */
  ahead: boolean;
  /** index of the run on top */
  focus: number | null;
  /** index of the run whose steps are numbered */
  numbered: number | null;
  /** whether the others fade */
  hovering: boolean;
  /** boxes on the background that the numbers of steps avoid */
  words: Box[];
}

/** Nominal pixels of a line, of a highlighted one, and of the casing beyond it, on both sides together. */
const { width: WIDTH, selected: WIDTH_SELECTED, casing: CASING, dash_casing: DASH_CASING } = table.route;
/** The width of the line that joins the dashes of a run, and its opacity. */
const { joined: JOINED, joined_opacity: THROUGH } = table.route;
/** The widths of a run that crosses its own path again and again. */
const THIN = { width: 1.1, selected: 1.5, casing: 1.8 };
/** Pixels around a stretch of a route for its ticks and their numbers. */
const AROUND = 32;
const BLOCK = 16;
/** A dense run ages in so many turns and has so many shades, from the latest rows to the oldest. */
const TURNS = 32;
const SHADES = 6;
const PALEST = 0.4;
/** Opacity of the other runs while one is highlighted. */
export const FAINT = 0.32;
/** Lines are cut so many pixels outside of the frame, which hides their ends. */
const BEYOND = 24;

export const clipBox = ({ box }: MapLook): Box => withMargin(box, BEYOND);

/** Sets the size of a canvas in device pixels, which also clears it. */
export const sizeCanvas = ({ canvas }: CanvasRenderingContext2D, { width, height, ratio }: MapLook) =>
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });

function wipe(context: CanvasRenderingContext2D, look: MapLook) {
  sizeCanvas(context, look);
  context.setTransform(look.ratio, 0, 0, look.ratio, 0, 0);
}

/** Draws marks within the frame. */
const paintMarks = (context: CanvasRenderingContext2D, look: MapLook, marks: Mark[]) =>
  drawMark({ context, scales: PIXELS, look }, group(marks, { clip: look.box }));

export function createRoutes() {
  const layers = {} as Record<(typeof KEPT)[number], CanvasRenderingContext2D>;
  for (const name of KEPT) layers[name] = h("canvas").getContext("2d") as CanvasRenderingContext2D;
  let laidContent: RoutesContent | null = null;
  /** The step up to which casings are drawn, and the block up to which dashes are. */
  let cased = 0;
  let blocks = 0;
  /** The row up to which dense runs are drawn. */
  let aged = 0;

  function begin(content: RoutesContent) {
    laidContent = content;
    cased = blocks = aged = 0;
    for (const name of KEPT) wipe(layers[name], content.look);
    if (content.ahead) paintMarks(layers.under, content.look, pathAhead(content));
  }

  function lay(content: RoutesContent, step: number) {
    if (step > cased) {
      paintMarks(layers.under, content.look, routeCasings(content, cased, step));
      paintMarks(layers.joined, content.look, joinedDashes(content, cased, step));
    }
    cased = Math.max(cased, step);
    for (const whole = Math.floor(step / BLOCK); blocks < whole; blocks++) {
      for (const trace of content.traces)
        if (!trace.dense) layBlock(content, trace, blocks * BLOCK, (blocks + 1) * BLOCK);
    }
  }

  /** Draws dense runs again, with their ages at a row. */
  function age(content: RoutesContent, row: number) {
    aged = row;
    wipe(layers.aged, content.look);
    for (const trace of content.traces.filter(({ dense }) => dense)) {
      const context = trace.index === content.focus ? layers.focus : layers.aged;
      if (context === layers.focus) wipe(context, content.look);
      paintMarks(context, content.look, agedRoute(content, trace, row));
    }
  }

  function layBlock(content: RoutesContent, trace: Trace, from: number, to: number) {
    const context = trace.index === content.focus ? layers.focus : layers.walked;
    paintMarks(context, content.look, routeStretch(content, trace, from, to));
  }

  /** Draws up to a step. @returns the row from which on routes look different; null: all of them do */
  function layTo(content: RoutesContent, step: number): number | null {
    const anew = content !== laidContent || step < cased;
    if (anew) begin(content);
    const from = Math.min(blocks * BLOCK, aged);
    lay(content, step);
    const turn = turnAt(content.traces, step);
    const older = turn !== aged;
    if (older) age(content, turn);
    return anew || older ? null : from;
  }

  /** Copies the canvases, and draws the newest part of the routes, which is not on them yet. */
  function draw(context: CanvasRenderingContext2D, content: RoutesContent, step: number) {
    const others = content.hovering ? FAINT : 1;
    copy(context, layers.under, others);
    copy(context, layers.joined, others * THROUGH);
    copy(context, layers.aged, others);
    copy(context, layers.walked, others);
    if (content.focus !== null) copy(context, layers.focus, 1);
    for (const trace of content.traces) {
      const newest = trace.dense
        ? thin(content, trace, aged, step)
        : routeStretch(content, trace, blocks * BLOCK, step);
      context.globalAlpha = trace.index === content.focus ? 1 : others;
      paintMarks(context, content.look, newest);
    }
    context.globalAlpha = 1;
  }

  /** The step that was drawn last. */
  let drawn = 0;

  /** @param content  the same object while only the playhead moves */
  return function routesMark(content: RoutesContent, step: number): RasterMark {
    const from = layTo(content, step);
    const changed =
      from === null
        ? null
        : step === drawn
          ? []
          : content.traces.flatMap((trace) => stretchBox(trace, from, Math.max(step, drawn), content.look));
    drawn = step;
    return { kind: "raster", changed, draw: (context) => draw(context, content, step) };
  };
}

/** The box around the path between two steps. @param from  row @returns empty: the run does not move */
function stretchBox(trace: Trace, from: number, to: number, { box, scale }: MapLook): Box[] {
  const last = trace.length - 1;
  if (from >= last) return [];
  const [x, y] = placeAt(trace, to);
  let [left, top, right, bottom] = [x, y, x, y];
  for (let k = from; k <= Math.min(last, Math.ceil(to)); k++) {
    [left, right] = [Math.min(left, trace.xs[k]), Math.max(right, trace.xs[k])];
    [top, bottom] = [Math.min(top, trace.ys[k]), Math.max(bottom, trace.ys[k])];
  }
  const margin = AROUND * scale;
  const [x0, y0] = [Math.max(left, box.left) - margin, Math.max(top, box.top) - margin];
  const [x1, y1] = [Math.min(right, box.left + box.width) + margin, Math.min(bottom, box.top + box.height) + margin];
  return x1 > x0 && y1 > y0 ? [{ left: x0, top: y0, width: x1 - x0, height: y1 - y0 }] : [];
}

/** Copies pixel by pixel. */
function copy(context: CanvasRenderingContext2D, { canvas }: CanvasRenderingContext2D, alpha: number) {
  const scale = context.getTransform();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = alpha;
  context.drawImage(canvas, 0, 0);
  context.globalAlpha = 1;
  context.setTransform(scale);
}

/** The whole path, thin, before it is played. */
export function pathAhead({ traces, look }: RoutesContent): Mark[] {
  const box = clipBox(look);
  const ways = traces.map((trace) => {
    const dense = trace.dense;
    return { dense, places: stretchOf(trace, 0, trace.length - 1, box), slot: trace.run.slot };
  });
  return [
    ...ways.map(({ places, dense }) => path(places, { stroke: "casing", width: 3, strokeOpacity: dense ? 0.3 : 0.55 })),
    ...ways.map(({ places, dense, slot }) =>
      path(places, { stroke: runInk(slot), width: dense ? 0.7 : 1, strokeOpacity: dense ? 0.4 : 0.85 }),
    ),
  ];
}

/** A mark of each stretch between two steps, but for those of dense runs. */
const stretches = (
  { traces, look }: RoutesContent,
  from: number,
  to: number,
  mark: (places: Place[], trace: Trace) => Mark,
) =>
  traces
    .filter(({ length, dense }) => from < Math.min(to, length - 1) && !dense)
    .map((trace) => mark(stretchOf(trace, from, Math.min(to, trace.length - 1), clipBox(look)), trace));

export const routeCasings = (content: RoutesContent, from: number, to: number): Mark[] =>
  stretches(content, from, to, (places, { index }) => casing(places, index === content.focus ? WIDTH_SELECTED : WIDTH));

const joinedDashes = (content: RoutesContent, from: number, to: number): Mark[] =>
  stretches(content, from, to, (places, { run }) =>
    path(places, { stroke: runInk(run.slot), width: JOINED, round: true }),
  );

const casing = (places: Place[], width: number) =>
  path(places, { stroke: "casing", width: width + CASING, round: true });

/** A stretch in the colour and dash of the run, each dash with a casing, so that the gaps show the thin path. */
export function routeStretch(content: RoutesContent, trace: Trace, from: number, to: number): Mark[] {
  const { look, focus, hovering } = content;
  const end = Math.min(to, trace.length - 1);
  if (from >= end) return [];
  const inHand = trace.index === focus;
  const width = inHand ? WIDTH_SELECTED : WIDTH;
  const places = stretchOf(trace, from, end, clipBox(look));
  const ink = runInk(trace.run.slot);
  // The dashes continue those before.
  const dashes = {
    dash: DASHES[trace.run.slot],
    dashOffset: trace.distances[Math.floor(from)] / look.scale,
    round: true,
  };
  return [
    ...(inHand && hovering
      ? [casing(places, width), path(places, { stroke: ink, width: JOINED, strokeOpacity: THROUGH })]
      : []),
    path(places, { ...dashes, round: false, stroke: "casing", width: width + DASH_CASING }),
    path(places, { ...dashes, stroke: ink, width }),
    ...tickMarks(content, trace, from, end),
  ];
}

/** The row up to which dense runs are drawn at a step: it grows in turns, at which all of them are drawn again. */
function turnAt(traces: Trace[], step: number): number {
  const last = Math.max(0, ...traces.filter(({ dense }) => dense).map(({ length }) => length - 1));
  if (step >= last) return last;
  const turn = Math.max(BLOCK, Math.ceil(last / TURNS));
  return Math.floor(step / turn) * turn;
}

/** A dense run up to a row, paler where it is older. */
export function agedRoute(content: RoutesContent, trace: Trace, row: number): Mark[] {
  const [box, end] = [clipBox(content.look), Math.min(row, trace.length - 1)];
  const style = { stroke: "casing", width: THIN.width + THIN.casing, strokeOpacity: 0.6, round: true } as const;
  return [
    path(stretchOf(trace, 0, end, box), style),
    ...Array.from({ length: SHADES }, (_, shade) => {
      const [from, to] = [shade, shade + 1].map((part) => Math.floor((end * part) / SHADES));
      const strokeOpacity = PALEST + ((1 - PALEST) * shade) / (SHADES - 1);
      return { ...thinLine(content, trace, stretchOf(trace, from, to, box)), strokeOpacity };
    }),
    ...tickMarks(content, trace, 0, end),
  ];
}

const thinLine = ({ focus }: RoutesContent, { index, run }: Trace, places: Place[]) =>
  path(places, { stroke: runInk(run.slot), width: index === focus ? THIN.selected : THIN.width, round: true });

/** The rows of a dense run since the last turn. */
function thin(content: RoutesContent, trace: Trace, from: number, to: number): Mark[] {
  const end = Math.min(to, trace.length - 1);
  if (from >= end) return [];
  return [
    thinLine(content, trace, stretchOf(trace, from, end, clipBox(content.look))),
    ...tickMarks(content, trace, from, end),
  ];
}
