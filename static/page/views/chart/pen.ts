/** What the parts of a chart are drawn with, on whatever context. */
import { markerPath } from "../../math/markers.ts";
import { Trace } from "../../math/tracing.ts";
import type { Box } from "./curves.ts";
import type { Letter } from "../../words/symbol.ts";
import type { Sheet } from "../../math/palette.ts";

export type Context = CanvasRenderingContext2D;

export interface Look {
  sheet: Sheet;
  /** of its type */
  family: string;
  /** of type and lines */
  scale: number;
}

/** @param style  "600", "italic 400" */
export function setFont(context: Context, { family, scale }: Look, size: number, style: string = "400") {
  context.font = `${style} ${size * scale}px ${family}`;
}

export function line(context: Context, x0: number, y0: number, x1: number, y1: number) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** A line of one pixel needs the middle of one. */
export const crisp = (at: number) => Math.round(at) + 0.5;

/** @param draw  what may reach beyond it */
export function clipped(context: Context, { left, top, width, height }: Box, draw: () => void) {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  draw();
  context.restore();
}

/** The marker of a run. */
export function drawMark(
  context: Context,
  slot: number,
  x: number,
  y: number,
  radius: number,
  colour: string,
  casing: string,
  hollow: boolean = false,
) {
  const path = new Trace(markerPath(slot, radius));
  context.save();
  context.translate(x, y);
  context.lineJoin = "round";
  context.lineWidth = hollow ? 1.4 : 2.4;
  context.strokeStyle = hollow ? colour : casing;
  context.fillStyle = hollow ? casing : colour;
  if (!hollow) context.stroke(path);
  context.fill(path);
  if (hollow) context.stroke(path);
  context.restore();
}

/** Its italic theta is another letter than that of formulas. */
const GREEK = /\p{Script=Greek}/u;

/** Slanted strokes: what is not there. */
export function drawHatch(context: Context, box: Box, colour: string) {
  const { left, top, width, height } = box;
  if (width <= 0 || height <= 0) return;
  clipped(context, box, () => {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    for (let x = left - height; x < left + width; x += 5) line(context, x, top + height, x + height, top);
  });
}

/**
 * A name of a rule in letters: italic, what follows an underscore below it, a hat above.
 * @returns where it ends
 */
export function drawLetter(context: Context, look: Look, { stem, below }: Letter, x: number, y: number, size: number): number {
  context.textAlign = "left";
  setFont(context, look, size, stem.length > 2 || GREEK.test(stem) ? "400" : "italic 400");
  context.fillText(stem, x, y);
  const end = x + context.measureText(stem).width;
  if (!below) return end;
  setFont(context, look, 0.72 * size);
  context.fillText(below, end + 1, y + 0.28 * size * look.scale);
  return end + 1 + context.measureText(below).width;
}
