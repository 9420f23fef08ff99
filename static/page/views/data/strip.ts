/** What each point adds to the gradient, as stems under the points, on one x with them. */
import { measured } from "../../math/format.ts";
import { crisp, line, setFont } from "../chart/pen.ts";
import { haloed } from "./fits.ts";
import { EDGE, xOf } from "./frame.ts";
import type { Figure, Shares } from "./drawing.ts";
import type { Box } from "../chart/curves.ts";

type Context = CanvasRenderingContext2D;

/** With more stems than this only the one that is lit has its figure. */
const FIGURES = 8;
const REST = 0.32;

/** Of a stem's end, 0 always in sight. */
function heightIn({ values }: Shares, { top, height }: Box): (value: number) => number {
  const all = [...values.values()].filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  return (value) => top + 4 + ((high - value) / (high - low || 1)) * (height - 12);
}

export function drawStrip(context: Context, figure: Figure) {
  const { strip } = figure.frame;
  const { shares, look } = figure;
  if (!strip || !shares) return;
  const heightOf = heightIn(shares, strip);
  context.strokeStyle = look.sheet.ink;
  context.lineWidth = 1;
  line(context, strip.left, crisp(heightOf(0)), strip.left + strip.width, crisp(heightOf(0)));
  setFont(context, look, 12);
  context.fillStyle = look.sheet.ink2;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillText("0", strip.left - 6, heightOf(0));
  drawCaption(context, figure, strip, shares);
  for (const [point, value] of shares.values) drawStem(context, figure, point, value, heightOf);
  drawValues(context, figure, shares, heightOf);
}

/** What is shown, and what all make; of one that is lit what it adds to each component. */
function drawCaption(context: Context, { look, lit }: Figure, strip: Box, shares: Shares) {
  const y = strip.top - 9 * look.scale;
  const [left, right] = captions(shares, lit);
  context.fillStyle = look.sheet.ink;
  context.textAlign = "left";
  context.fillText(left, EDGE, y);
  context.textAlign = "right";
  context.fillText(right, strip.left + strip.width, y);
}

/** @returns at the left and at the right */
export function captions({ parameter, values, total, all }: Shares, lit: number | null): [string, string] {
  const adds = (to: string, value: number) => `adds ${measured(value, 4)} to ∂L/∂${to}`;
  if (lit === null || !values.has(lit)) return [lit === null ? `adds to ∂L/∂${parameter}` : "not seen by this step", total];
  const other = all.find((each) => each.parameter !== parameter);
  return [adds(parameter, values.get(lit) ?? NaN), other ? adds(other.parameter, other.value.get(lit) ?? NaN) : total];
}

function drawStem(
  context: Context,
  { frame, look, picture, scene, leader, lit }: Figure,
  point: number,
  value: number,
  heightOf: (value: number) => number,
) {
  const at = picture.points[point];
  if (!at || !Number.isFinite(value) || leader === null) return;
  const x = xOf(frame, at[0]);
  context.globalAlpha = lit === null || lit === point ? 1 : REST;
  context.strokeStyle = context.fillStyle = look.sheet.runs[scene.runs[leader].slot];
  context.lineWidth = (lit === point ? 2.6 : 1.6) * look.scale;
  line(context, x, heightOf(0), x, heightOf(value));
  context.beginPath();
  context.arc(x, heightOf(value), (lit === point ? 3.4 : 2.4) * look.scale, 0, 2 * Math.PI);
  context.fill();
  context.globalAlpha = 1;
}

/** What a few stems or the one that is lit amount to, where no figure covers another. */
function drawValues(context: Context, { frame, look, picture, lit }: Figure, { values }: Shares, heightOf: (value: number) => number) {
  const told = lit === null ? (values.size <= FIGURES ? [...values] : []) : [...values].filter(([point]) => point === lit);
  const placed: { x: number; y: number }[] = [];
  context.fillStyle = look.sheet.ink;
  context.textBaseline = "middle";
  for (const [point, value] of told) {
    const inside = xOf(frame, picture.points[point]?.[0] ?? NaN) + 50 * look.scale < frame.box.left + frame.box.width;
    const at = { x: xOf(frame, picture.points[point]?.[0] ?? NaN) + (inside ? 7 : -7), y: heightOf(value) };
    if (placed.some(({ x, y }) => Math.abs(x - at.x) < 44 * look.scale && Math.abs(y - at.y) < 13 * look.scale)) continue;
    placed.push(at);
    context.textAlign = inside ? "left" : "right";
    haloed(context, look, measured(value, 3), at.x, at.y);
  }
}
