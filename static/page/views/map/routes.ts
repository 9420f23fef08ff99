/**
 * The routes, on canvases that keep what does not change: `under` (the whole path thin, and the casing of what is
 * walked, of all runs before any colour), `aged` (dense runs, which fade with age), `walked` (the dashes) and `focus`
 * (the run in hand).
 *
 * Dashes are laid down in blocks of rows, run after run, so that the picture of a step is the same whether the playhead
 * walked there or jumped.
 */

import type { Box } from "../../math/box.ts";
import { isDense } from "./density.ts";
import type { MapLook } from "./look.ts";
import { caseThinly, caseWith, strokeRoute, strokeThinly, WIDTH, WIDTH_SELECTED } from "./pen.ts";
import { drawTicks } from "./ticks.ts";
import type { Trace } from "./trace.ts";
import { addLine } from "./trace.ts";

type Layers = Record<"under" | "aged" | "walked" | "focus", CanvasRenderingContext2D>;

export interface RoutesContent {
  /** of the runs in sight */
  traces: Trace[];
  look: MapLook;
  tickEvery: number;
  /** what is still to be walked is drawn, thin */
  ahead: boolean;
  /** index of the run that lies on top */
  focus: number | null;
  /** the others are to step back */
  hovering: boolean;
  /** on the background, which the numbers of steps keep off */
  words: Box[];
}

const BLOCK = 16;
/** A dense run grows older in so many turns, and is so many shades paler the older it is, down to the palest. */
const TURNS = 32;
const SHADES = 6;
const PALEST = 0.4;
/** How much is left of the other runs while one is in hand. */
export const FAINT = 0.32;
/** Lines are cut this far outside the frame, which hides their ends. */
const BEYOND = 24;

const around = ({ left, top, width, height }: Box): Box => ({
  left: left - BEYOND,
  top: top - BEYOND,
  width: width + 2 * BEYOND,
  height: height + 2 * BEYOND,
});

export function wipe(context: CanvasRenderingContext2D, look: MapLook) {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(look.ratio, 0, 0, look.ratio, 0, 0);
}

function framed(context: CanvasRenderingContext2D, { box }: MapLook, draw: () => void) {
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  draw();
  context.restore();
}

export function createRoutes(layers: Layers) {
  let shown: RoutesContent | null = null;
  /** Step up to which casings, and block up to which dashes, are laid. */
  let cased = 0;
  let blocks = 0;
  /** Row up to which dense runs are laid. */
  let aged = 0;

  function begin(content: RoutesContent) {
    shown = content;
    cased = blocks = aged = 0;
    for (const name of ["under", "aged", "walked", "focus"] as const) wipe(layers[name], content.look);
    if (content.ahead) framed(layers.under, content.look, () => drawAhead(layers.under, content));
  }

  function lay(content: RoutesContent, step: number) {
    if (step > cased) framed(layers.under, content.look, () => drawCasings(layers.under, content, cased, step));
    cased = Math.max(cased, step);
    for (const whole = Math.floor(step / BLOCK); blocks < whole; blocks++) {
      for (const trace of content.traces)
        if (!isDense(trace)) layBlock(content, trace, blocks * BLOCK, (blocks + 1) * BLOCK);
    }
  }

  /** Dense runs anew, as old as they are at a row. */
  function age(content: RoutesContent, row: number) {
    aged = row;
    wipe(layers.aged, content.look);
    for (const trace of content.traces.filter(isDense)) {
      const context = trace.index === content.focus ? layers.focus : layers.aged;
      if (context === layers.focus) wipe(context, content.look);
      framed(context, content.look, () => drawAged(context, content, trace, row));
    }
  }

  function layBlock(content: RoutesContent, trace: Trace, from: number, to: number) {
    const context = trace.index === content.focus ? layers.focus : layers.walked;
    framed(context, content.look, () => drawStretch(context, content, trace, from, to));
  }

  return {
    /**
     * Lays what has been walked up to a step.
     * @param picture  the same object as long as nothing but the playhead moves
     * @returns the row from which on the routes look different than before; null: all of them do
     */
    lay(content: RoutesContent, step: number): number | null {
      const anew = content !== shown || step < cased;
      if (anew) begin(content);
      const from = Math.min(blocks * BLOCK, aged);
      lay(content, step);
      const turn = turnAt(content.traces, step);
      const older = turn !== aged;
      if (older) age(content, turn);
      return anew || older ? null : from;
    },
    /** Copies what is laid and draws the rest of the way to the step. */
    draw(context: CanvasRenderingContext2D, content: RoutesContent, step: number) {
      const others = content.hovering ? FAINT : 1;
      copy(context, layers.under, others);
      copy(context, layers.aged, others);
      copy(context, layers.walked, others);
      if (content.focus !== null) copy(context, layers.focus, 1);
      for (const trace of content.traces) {
        context.globalAlpha = trace.index === content.focus ? 1 : others;
        const dense = isDense(trace);
        framed(context, content.look, () =>
          (dense ? drawThin : drawStretch)(context, content, trace, dense ? aged : blocks * BLOCK, step),
        );
      }
      context.globalAlpha = 1;
    },
  };
}

/** Pixel by pixel. */
function copy(context: CanvasRenderingContext2D, { canvas }: CanvasRenderingContext2D, alpha: number) {
  const scale = context.getTransform();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = alpha;
  context.drawImage(canvas, 0, 0);
  context.globalAlpha = 1;
  context.setTransform(scale);
}

/** The whole way, thin, before it is walked. */
function drawAhead(context: CanvasRenderingContext2D, { traces, look }: RoutesContent) {
  const box = around(look.box);
  const paths = traces.map((trace) => {
    const path = new Path2D();
    addLine(path, trace, 0, trace.length - 1, box);
    return path;
  });
  context.lineJoin = "round";
  context.lineWidth = 3 * look.scale;
  context.strokeStyle = look.colours.casing;
  paths.forEach((path, k) => {
    context.globalAlpha = isDense(traces[k]) ? 0.3 : 0.55;
    context.stroke(path);
  });
  paths.forEach((path, k) => {
    const dense = isDense(traces[k]);
    context.globalAlpha = dense ? 0.4 : 0.85;
    context.lineWidth = (dense ? 0.7 : 1) * look.scale;
    context.strokeStyle = look.colours.runs[traces[k].run.slot];
    context.stroke(path);
  });
  context.globalAlpha = 1;
}

function drawCasings(
  context: CanvasRenderingContext2D,
  { traces, look, focus }: RoutesContent,
  from: number,
  to: number,
) {
  const box = around(look.box);
  for (const trace of traces) {
    const end = Math.min(to, trace.length - 1);
    if (from >= end || isDense(trace)) continue;
    context.beginPath();
    addLine(context, trace, from, end, box);
    caseWith(context, look, trace.index === focus ? WIDTH_SELECTED : WIDTH);
    context.stroke();
  }
}

function drawStretch(
  context: CanvasRenderingContext2D,
  content: RoutesContent,
  trace: Trace,
  from: number,
  to: number,
) {
  const { look, focus, hovering } = content;
  const end = Math.min(to, trace.length - 1);
  if (from >= end) return;
  const inHand = trace.index === focus;
  const width = inHand ? WIDTH_SELECTED : WIDTH;
  context.beginPath();
  addLine(context, trace, from, end, around(look.box));
  if (inHand && hovering) {
    caseWith(context, look, width);
    context.stroke();
  }
  strokeRoute(context, look, trace.run.slot, width, trace.distances[from]);
  ticks(context, content, trace, from, end);
}

/** The row up to which dense runs are laid at a step: it goes on in turns, as all of them are then drawn anew. */
function turnAt(traces: Trace[], step: number): number {
  const last = Math.max(0, ...traces.filter(isDense).map(({ length }) => length - 1));
  if (step >= last) return last;
  const turn = Math.max(BLOCK, Math.ceil(last / TURNS));
  return Math.floor(step / turn) * turn;
}

/** All that a dense run has walked up to a row, the paler the older it is. */
function drawAged(context: CanvasRenderingContext2D, content: RoutesContent, trace: Trace, row: number) {
  const { look, focus } = content;
  const [box, end] = [around(look.box), Math.min(row, trace.length - 1)];
  context.beginPath();
  addLine(context, trace, 0, end, box);
  caseThinly(context, look);
  for (let shade = 0; shade < SHADES; shade++) {
    context.beginPath();
    addLine(context, trace, Math.floor((end * shade) / SHADES), Math.floor((end * (shade + 1)) / SHADES), box);
    context.globalAlpha = PALEST + ((1 - PALEST) * shade) / (SHADES - 1);
    strokeThinly(context, look, trace.run.slot, trace.index === focus);
  }
  context.globalAlpha = 1;
  ticks(context, content, trace, 0, end);
}

/** What a dense run has walked since. */
function drawThin(context: CanvasRenderingContext2D, content: RoutesContent, trace: Trace, from: number, to: number) {
  const { look, focus } = content;
  const end = Math.min(to, trace.length - 1);
  if (from >= end) return;
  context.beginPath();
  addLine(context, trace, from, end, around(look.box));
  strokeThinly(context, look, trace.run.slot, trace.index === focus);
  ticks(context, content, trace, from, end);
}

const ticks = (
  context: CanvasRenderingContext2D,
  { look, focus, tickEvery, words }: RoutesContent,
  trace: Trace,
  from: number,
  to: number,
) => drawTicks(context, look, trace, from, to, { every: tickEvery, selected: trace.index === focus, words });
