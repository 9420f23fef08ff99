/** What surrounds the ground: neat line, ladder, coordinates, and crosses where the grid lines would meet. */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import type { Box } from "../../math/box.ts";
import { formatTick } from "../../math/format.ts";
import { multiples, niceStep } from "../../math/scales.ts";
import type { MapLook } from "./look.ts";
import { font, haloText } from "./look.ts";
import type { VisibleArea } from "./visibleArea.ts";
import { screenX, screenY } from "./visibleArea.ts";

type Ticks = { step: number; at: number[] };

const LADDER = table.frame.ladder;
const LEAST_X = table.frame.apart.x;
const LEAST_Y = table.frame.apart.y;

/** @returns at one distance on both axes where they have one scale */
export function ticksOf(area: VisibleArea, look: MapLook): { x: Ticks; y: Ticks } {
  const leastX = LEAST_X * look.scale;
  const leastY = (area.equal ? LEAST_X : LEAST_Y) * look.scale;
  const [stepX, stepY] = [niceStep(leastX / area.kx), niceStep(leastY / area.ky)];
  return {
    x: { step: stepX, at: multiples(area.x0, area.x1, stepX) },
    y: { step: stepY, at: multiples(area.y0, area.y1, stepY) },
  };
}

export function drawCrosses(context: CanvasRenderingContext2D, area: VisibleArea, look: MapLook) {
  const { x, y } = ticksOf(area, look);
  const arm = table.frame.cross * look.scale;
  context.beginPath();
  for (const tx of x.at) {
    for (const ty of y.at) {
      const [px, py] = [Math.round(screenX(area, tx)) + 0.5, Math.round(screenY(area, ty)) + 0.5];
      context.moveTo(px - arm, py);
      context.lineTo(px + arm, py);
      context.moveTo(px, py - arm);
      context.lineTo(px, py + arm);
    }
  }
  context.globalAlpha = 0.5;
  context.lineWidth = 0.8 * look.scale;
  context.strokeStyle = look.colours.ink;
  context.stroke();
  context.globalAlpha = 1;
}

/** @param names  of the axes */
export function drawAxes(context: CanvasRenderingContext2D, area: VisibleArea, look: MapLook, names: [string, string]) {
  const ticks = ticksOf(area, look);
  if (look.box.left > 0) drawLadder(context, area, look, ticks);
  else drawEdges(context, look.box, look);
  (look.compact ? numbersInside : numbersOutside)(context, area, look, ticks, names);
}

/** @returns rungs, every other filled */
function rungs(at: number[], low: number, high: number, step: number): [number, number, boolean][] {
  const bounds = [low, ...at, high];
  const odd = at.length ? Math.round(at[0] / step) : 0;
  return bounds.slice(1).map((end, k) => [bounds[k], end, (odd + k) % 2 === 0]);
}

function drawLadder(
  context: CanvasRenderingContext2D,
  area: VisibleArea,
  look: MapLook,
  { x, y }: { x: Ticks; y: Ticks },
) {
  const { left, top, width, height } = area.box;
  const [right, bottom] = [left + width, top + height];
  const wide = LADDER * look.scale;
  context.fillStyle = look.colours.ink;
  for (const [from, to, filled] of rungs(x.at, area.x0, area.x1, x.step)) {
    if (!filled) continue;
    const [a, b] = [screenX(area, from), screenX(area, to)];
    context.fillRect(a, top - wide, b - a, wide);
    context.fillRect(a, bottom, b - a, wide);
  }
  for (const [from, to, filled] of rungs(y.at, area.y0, area.y1, y.step)) {
    if (!filled) continue;
    const [a, b] = [screenY(area, to), screenY(area, from)];
    context.fillRect(left - wide, a, wide, b - a);
    context.fillRect(right, a, wide, b - a);
  }
  context.strokeStyle = look.colours.ink;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1);
  context.strokeRect(left - wide - 0.5, top - wide - 0.5, width + 2 * wide + 1, height + 2 * wide + 1);
}

function numbersOutside(
  context: CanvasRenderingContext2D,
  area: VisibleArea,
  look: MapLook,
  { x, y }: { x: Ticks; y: Ticks },
  [nameX, nameY]: [string, string],
) {
  const { left, top, width, height } = area.box;
  const [right, bottom] = [left + width, top + height];
  const s = look.scale;
  context.font = font(look, 12.5);
  context.fillStyle = look.colours.ink2;
  context.textBaseline = "alphabetic";
  context.textAlign = "center";
  const nameWidth = 20 * s + context.measureText(nameX).width;
  for (const tick of x.at) {
    const px = screenX(area, tick);
    if (px < right - nameWidth && px > left + 4) context.fillText(formatTick(tick, x.step), px, bottom + 20 * s);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of y.at) {
    const py = screenY(area, tick);
    if (py > top + 18 * s) context.fillText(formatTick(tick, y.step), left - 11 * s, py);
  }
  context.fillStyle = look.colours.ink;
  context.font = font(look, 13.5, "italic 600");
  context.textBaseline = "alphabetic";
  context.fillText(nameX, right, bottom + 20 * s);
  nameOfY(context, look, nameY, left, top);
}

/** A short name lies beside the frame's corner, a long one stands along it. */
function nameOfY(context: CanvasRenderingContext2D, look: MapLook, name: string, left: number, top: number) {
  const s = look.scale;
  if (context.measureText(name).width < 30 * s) {
    context.fillText(name, left - 11 * s, top + 9 * s);
    return;
  }
  context.save();
  context.translate(left - 34 * s, top - 4 * s);
  context.rotate(-Math.PI / 2);
  context.fillText(name, 0, 0);
  context.restore();
}

function numbersInside(
  context: CanvasRenderingContext2D,
  area: VisibleArea,
  look: MapLook,
  { x, y }: { x: Ticks; y: Ticks },
  [nameX, nameY]: [string, string],
) {
  const { left, top, width, height } = area.box;
  const [right, bottom] = [left + width, top + height];
  const s = look.scale;
  context.font = font(look, 12);
  context.textBaseline = "alphabetic";
  context.textAlign = "center";
  for (const tick of x.at) {
    const px = screenX(area, tick);
    if (px > left + 28 * s && px < right - 30 * s)
      haloText(context, look, formatTick(tick, x.step), px, bottom - 7 * s, look.colours.ink2);
  }
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const tick of y.at) {
    const py = screenY(area, tick);
    if (py > top + 34 * s && py < bottom - 24 * s)
      haloText(context, look, formatTick(tick, y.step), left + 6 * s, py, look.colours.ink2);
  }
  context.font = font(look, 13, "italic 600");
  context.textBaseline = "alphabetic";
  haloText(context, look, nameY, left + 6 * s, top + 16 * s, look.colours.ink);
  context.textAlign = "right";
  haloText(context, look, nameX, right - 7 * s, bottom - 7 * s, look.colours.ink);
}

/** Where the ground reaches both sides of the screen. */
function drawEdges(context: CanvasRenderingContext2D, { left, top, width, height }: Box, look: MapLook) {
  const [right, bottom] = [left + width, top + height];
  context.strokeStyle = look.colours.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, top + 0.5);
  context.lineTo(right, top + 0.5);
  context.moveTo(left, bottom - 0.5);
  context.lineTo(right, bottom - 0.5);
  context.stroke();
}
