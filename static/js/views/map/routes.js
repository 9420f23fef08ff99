/**
 * The routes, on canvases that keep what does not change: `under` (the whole path thin, and the casing of what is
 * walked, of all runs before any colour), `walked` (the dashes) and `focus` (the dashes of the run in hand).
 *
 * Dashes are laid down in blocks of rows, run after run, so that the picture of a step is the same whether the playhead
 * walked there or jumped.
 */
import { caseWith, strokeRoute, WIDTH, WIDTH_SELECTED } from "./pen.js";
import { addLine } from "./trace.js";
import { drawTicks } from "./ticks.js";

/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./view.js").Box} Box */
/** @typedef {Record<"under" | "walked" | "focus", CanvasRenderingContext2D>} Layers */

/**
 * @typedef {object} Picture
 * @property {Trace[]} traces  of the runs in sight
 * @property {Look} look
 * @property {number} tickEvery
 * @property {number | null} focus  index of the run that lies on top
 * @property {boolean} hovering  the others are to step back
 * @property {Box[]} words  on the sheet, which the numbers of steps keep off
 */

const BLOCK = 16;
/** How much is left of the other runs while one is in hand. */
export const FAINT = 0.32;
/** Lines are cut this far outside the frame, which hides their ends. */
const BEYOND = 24;

/** @param {Box} box @returns {Box} */
const around = ({ left, top, width, height }) =>
  ({ left: left - BEYOND, top: top - BEYOND, width: width + 2 * BEYOND, height: height + 2 * BEYOND });

/** @param {CanvasRenderingContext2D} context @param {Look} look */
export function wipe(context, look) {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(look.ratio, 0, 0, look.ratio, 0, 0);
}

/** @param {CanvasRenderingContext2D} context @param {Look} look @param {() => void} draw */
function framed(context, { box }, draw) {
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  draw();
  context.restore();
}

/** @param {Layers} layers */
export function createRoutes(layers) {
  /** @type {Picture | null} */
  let shown = null;
  /** Step up to which casings, and block up to which dashes, are laid. */
  let cased = 0;
  let blocks = 0;

  /** @param {Picture} picture */
  function begin(picture) {
    shown = picture;
    cased = blocks = 0;
    for (const name of /** @type {const} */ (["under", "walked", "focus"])) wipe(layers[name], picture.look);
    framed(layers.under, picture.look, () => drawAhead(layers.under, picture));
  }

  /** @param {Picture} picture @param {number} step */
  function lay(picture, step) {
    if (step > cased) framed(layers.under, picture.look, () => drawCasings(layers.under, picture, cased, step));
    cased = Math.max(cased, step);
    for (const whole = Math.floor(step / BLOCK); blocks < whole; blocks++) {
      for (const trace of picture.traces) layBlock(picture, trace, blocks * BLOCK, (blocks + 1) * BLOCK);
    }
  }

  /** @param {Picture} picture @param {Trace} trace @param {number} from @param {number} to */
  function layBlock(picture, trace, from, to) {
    const context = trace.index === picture.focus ? layers.focus : layers.walked;
    framed(context, picture.look, () => drawStretch(context, picture, trace, from, to));
  }

  return {
    /**
     * Lays what has been walked up to a step.
     * @param {Picture} picture  the same object as long as nothing but the playhead moves
     * @param {number} step
     * @returns {number | null} the row from which on the routes look different than before; null: all of them do
     */
    lay(picture, step) {
      const anew = picture !== shown || step < cased;
      if (anew) begin(picture);
      const from = blocks * BLOCK;
      lay(picture, step);
      return anew ? null : from;
    },
    /**
     * Copies what is laid and draws the rest of the way to the step.
     * @param {CanvasRenderingContext2D} context
     * @param {Picture} picture
     * @param {number} step
     */
    draw(context, picture, step) {
      const others = picture.hovering ? FAINT : 1;
      copy(context, layers.under, others);
      copy(context, layers.walked, others);
      if (picture.focus !== null) copy(context, layers.focus, 1);
      for (const trace of picture.traces) {
        context.globalAlpha = trace.index === picture.focus ? 1 : others;
        framed(context, picture.look, () => drawStretch(context, picture, trace, blocks * BLOCK, step));
      }
      context.globalAlpha = 1;
    },
  };
}

/** Pixel by pixel. @param {CanvasRenderingContext2D} context @param {CanvasRenderingContext2D} layer @param {number} alpha */
function copy(context, { canvas }, alpha) {
  const scale = context.getTransform();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = alpha;
  context.drawImage(canvas, 0, 0);
  context.globalAlpha = 1;
  context.setTransform(scale);
}

/** The whole way, thin, before it is walked. @param {CanvasRenderingContext2D} context @param {Picture} picture */
function drawAhead(context, { traces, look }) {
  const box = around(look.box);
  const paths = traces.map((trace) => {
    const path = new Path2D();
    addLine(path, trace, 0, trace.length - 1, box);
    return path;
  });
  context.lineJoin = "round";
  context.globalAlpha = 0.55;
  context.lineWidth = 3 * look.scale;
  context.strokeStyle = look.sheet.casing;
  for (const path of paths) context.stroke(path);
  context.globalAlpha = 0.85;
  context.lineWidth = look.scale;
  paths.forEach((path, k) => {
    context.strokeStyle = look.sheet.runs[traces[k].run.slot];
    context.stroke(path);
  });
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Picture} picture @param {number} from @param {number} to */
function drawCasings(context, { traces, look, focus }, from, to) {
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

/** @param {CanvasRenderingContext2D} context @param {Picture} picture @param {Trace} trace @param {number} from @param {number} to */
function drawStretch(context, { look, focus, hovering, tickEvery, words }, trace, from, to) {
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
  strokeRoute(context, look, trace.run.slot, width, trace.along[from]);
  drawTicks(context, look, trace, from, end, { every: tickEvery, selected: inHand, words });
}
