/** The printed ground: shaded picture, contours cut for their numbers, drawn for whatever is in sight. */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { draw } from "../../marks/canvas.ts";
import { widthOf } from "../../marks/look.ts";
import type { Ink } from "../../marks/mark.ts";
import { group, words } from "../../marks/mark.ts";
import type { Occupancy } from "../../marks/occupancy.ts";
import { PIXELS, screenX, screenY } from "../../marks/scales.ts";
import { fromOklab, mix, toHex } from "../../math/colour.ts";
import type { Levels } from "../../math/levels.ts";
import { bandOf } from "../../math/levels.ts";
import { COLOURS, onTint, tints } from "../../math/palette.ts";
import type { Extent } from "../../service/painting/grid.ts";
import type { Relief, ShadedImage } from "../../service/painting/painting.ts";
import type { ContourLabel, ScreenLine } from "./labels.ts";
import { placeLabels } from "./labels.ts";
import type { MapLook } from "./look.ts";
import type { VisibleArea } from "./visibleArea.ts";

/** A picture of the ground, ready to be drawn. */
export type PlacedImage = { canvas: HTMLCanvasElement; extent: Extent };

export function placedImageOf({ pixels, width, height, extent }: ShadedImage): PlacedImage {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return { canvas, extent };
}

export function drawImage(context: CanvasRenderingContext2D, area: VisibleArea, { canvas, extent }: PlacedImage) {
  const [x, y] = [screenX(area, extent.x0), screenY(area, extent.y1)];
  const width = (extent.x1 - extent.x0) * area.kx;
  const height = (extent.y1 - extent.y0) * area.ky;
  context.imageSmoothingQuality = "high";
  context.drawImage(canvas, x, y, width, height);
}

/**
 * Bare paper; hatched where there are samples, so that it shows where the loss is not finite, as maps mark what could
 * not be painted.
 */
export function drawUnsampled(
  context: CanvasRenderingContext2D,
  area: VisibleArea,
  look: MapLook,
  sampled: Extent | null,
) {
  const { left, top, width, height } = look.box;
  context.fillStyle = look.colours.paper;
  context.fillRect(left, top, width, height);
  if (!sampled) return;
  context.save();
  context.beginPath();
  const [x, y] = [screenX(area, sampled.x0), screenY(area, sampled.y1)];
  context.rect(x, y, screenX(area, sampled.x1) - x, screenY(area, sampled.y0) - y);
  context.clip();
  context.beginPath();
  const gap = 9 * look.scale;
  for (let d = -height; d < width; d += gap) {
    context.moveTo(left + d, top + height);
    context.lineTo(left + d + height, top);
  }
  context.globalAlpha = 0.16;
  context.strokeStyle = look.colours.ink;
  context.lineWidth = 0.8 * look.scale;
  context.stroke();
  context.restore();
}

/** The colours of lines and labels at a loss: the hue of the ground they run on. */
function inks(levels: Levels, look: MapLook): (value: number) => { minor: string; index: string; label: string } {
  const ground = tints(look.theme, levels.values.length + 1);
  const { line } = COLOURS[look.theme].ground;
  return (value) => {
    const band = bandOf(levels, value);
    const tint = mix(ground[Math.max(0, band - 1)], ground[band], 0.5);
    const ink = (shift: number) => toHex(fromOklab(onTint(tint, shift)));
    return { minor: ink(line.minor), index: ink(line.index), label: ink(line.label) };
  };
}

/** Lines of one level on the screen; those wholly out of sight are left out. */
function onScreen(
  { columns, rows, extent }: Relief,
  area: VisibleArea,
  { value, points, starts }: Relief["lines"][number],
): ScreenLine[] {
  const [ax, bx] = [((extent.x1 - extent.x0) * area.kx) / (columns - 1), screenX(area, extent.x0)];
  const [ay, by] = [((extent.y1 - extent.y0) * area.ky) / (rows - 1), screenY(area, extent.y1)];
  const lines = [];
  for (let n = 0; n + 1 < starts.length; n++) {
    const [from, to] = [starts[n], starts[n + 1]];
    const xs = new Float32Array(to - from);
    const ys = new Float32Array(to - from);
    for (let k = from; k < to; k++) {
      xs[k - from] = ax * points[2 * k] + bx;
      ys[k - from] = ay * points[2 * k + 1] + by;
    }
    lines.push({ level: value, value, xs, ys });
  }
  return lines;
}

function trace(context: CanvasRenderingContext2D, lines: ScreenLine[]) {
  context.beginPath();
  for (const { xs, ys } of lines) {
    context.moveTo(xs[0], ys[0]);
    for (let k = 1; k < xs.length; k++) context.lineTo(xs[k], ys[k]);
  }
}

/** What is not to be drawn over: all but the labels. */
function clipLabels(context: CanvasRenderingContext2D, look: MapLook, labels: ContourLabel[], size: number) {
  const { left, top, width, height } = look.box;
  context.beginPath();
  context.rect(left, top, width, height);
  for (const { x, y, angle, width: w } of labels) {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [hx, hy] = [w / 2, size * 0.62];
    const corner = (u: number, v: number) => [x + u * cos - v * sin, y + u * sin + v * cos] as [number, number];
    context.moveTo(...corner(-hx, -hy));
    context.lineTo(...corner(-hx, hy));
    context.lineTo(...corner(hx, hy));
    context.lineTo(...corner(hx, -hy));
    context.closePath();
  }
  context.clip("evenodd");
}

/** Of the numbers of contours. */
const NUMBER = { size: 12, weight: 600 };

/** @returns where the numbers stand */
export function drawRelief(
  context: CanvasRenderingContext2D,
  area: VisibleArea,
  look: MapLook,
  relief: Relief,
  levels: Levels,
  occupancy: Occupancy,
  kept: ContourLabel[],
): ContourLabel[] {
  const size = 12 * look.scale;
  const inkAt = inks(levels, look);
  const drawn = relief.lines.map((level) => ({
    ...level,
    ink: inkAt(level.value),
    lines: onScreen(relief, area, level),
  }));
  const measure = (text: string) => widthOf(look, text, NUMBER);
  const labels = placeLabels(
    drawn.filter((level) => level.index).flatMap((level) => level.lines),
    size,
    measure,
    occupancy,
    kept,
  );
  context.save();
  clipLabels(context, look, labels, size);
  context.lineJoin = "round";
  for (const { index, ink, lines } of drawn) {
    trace(context, lines);
    const { width, opacity } = index ? table.contours.index : table.contours.minor;
    context.globalAlpha = opacity;
    context.lineWidth = width * look.scale;
    context.strokeStyle = index ? ink.index : ink.minor;
    context.stroke();
  }
  context.restore();
  const numbers = labels.map(({ text, x, y, angle, level }) =>
    words([x, y], text, { ...NUMBER, anchor: "middle", turn: angle, fill: inkAt(level).label as Ink }),
  );
  draw({ context, scales: PIXELS, look }, group(numbers));
  return labels;
}
