/**
 * The routes, on canvases that keep what does not change: `under` (the whole path thin, and the casing of what is
 * walked, of all runs before any colour), `walked` (the dashes) and `focus` (the dashes of the run in hand).
 *
 * Dashes are laid down in blocks of rows, run after run, so that the picture of a step is the same whether the playhead
 * walked there or jumped.
 */
import { caseWith, strokeRoute, WIDTH, WIDTH_SELECTED } from "./pen.ts";
import { addLine } from "./trace.ts";
import { drawTicks } from "./ticks.ts";
import type { MapLook } from "./look.ts";
import type { Trace } from "./trace.ts";
import type { Box } from "../../math/box.ts";

type Layers = Record<"under" | "walked" | "focus", CanvasRenderingContext2D>;

export interface RoutesContent {
  /** of the runs in sight */
  traces: Trace[];
  look: MapLook;
  tickEvery: number;
  /** index of the run that lies on top */
  focus: number | null;
  /** the others are to step back */
  hovering: boolean;
  /** on the background, which the numbers of steps keep off */
  words: Box[];
}

const BLOCK = 16;
/** How much is left of the other runs while one is in hand. */
export const FAINT = 0.32;
/** Lines are cut this far outside the frame, which hides their ends. */
const BEYOND = 24;

const around = ({ left, top, width, height }: Box): Box =>
  ({ left: left - BEYOND, top: top - BEYOND, width: width + 2 * BEYOND, height: height + 2 * BEYOND });

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

  function begin(content: RoutesContent) {
    shown = content;
    cased = blocks = 0;
    for (const name of ["under", "walked", "focus"] as const) wipe(layers[name], content.look);
    framed(layers.under, content.look, () => drawAhead(layers.under, content));
  }

  function lay(content: RoutesContent, step: number) {
    if (step > cased) framed(layers.under, content.look, () => drawCasings(layers.under, content, cased, step));
    cased = Math.max(cased, step);
    for (const whole = Math.floor(step / BLOCK); blocks < whole; blocks++) {
      for (const trace of content.traces) layBlock(content, trace, blocks * BLOCK, (blocks + 1) * BLOCK);
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
      const from = blocks * BLOCK;
      lay(content, step);
      return anew ? null : from;
    },
    /** Copies what is laid and draws the rest of the way to the step. */
    draw(context: CanvasRenderingContext2D, content: RoutesContent, step: number) {
      const others = content.hovering ? FAINT : 1;
      copy(context, layers.under, others);
      copy(context, layers.walked, others);
      if (content.focus !== null) copy(context, layers.focus, 1);
      for (const trace of content.traces) {
        context.globalAlpha = trace.index === content.focus ? 1 : others;
        framed(context, content.look, () => drawStretch(context, content, trace, blocks * BLOCK, step));
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
  context.globalAlpha = 0.55;
  context.lineWidth = 3 * look.scale;
  context.strokeStyle = look.colours.casing;
  for (const path of paths) context.stroke(path);
  context.globalAlpha = 0.85;
  context.lineWidth = look.scale;
  paths.forEach((path, k) => {
    context.strokeStyle = look.colours.runs[traces[k].run.slot];
    context.stroke(path);
  });
  context.globalAlpha = 1;
}

function drawCasings(context: CanvasRenderingContext2D, { traces, look, focus }: RoutesContent, from: number, to: number) {
  const box = around(look.box);
  for (const trace of traces) {
    const end = Math.min(to, trace.length - 1);
    if (from >= end) continue;
    context.beginPath();
    addLine(context, trace, from, end, box);
    caseWith(context, look, trace.index === focus ? WIDTH_SELECTED : WIDTH);
    context.stroke();
  }
}

function drawStretch(context: CanvasRenderingContext2D, { look, focus, hovering, tickEvery, words }: RoutesContent, trace: Trace, from: number, to: number) {
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
  drawTicks(context, look, trace, from, end, { every: tickEvery, selected: inHand, words });
}
