/** Runs that have left the map: an arrowhead on the frame where they went, and their name, as roads are named there. */
import table from "../../../data/drawing.json" with { type: "json" };
import { outlinePath } from "../../math/markers.ts";
import { font, haloText } from "./look.ts";
import { overlap } from "./occupancy.ts";
import { clippedSegment, wentOut } from "./trace.ts";
import type { MapLook } from "./look.ts";
import type { Trace } from "./trace.ts";
import type { Box } from "../../math/box.ts";

export type Exit = { trace: Trace; x: number; y: number; angle: number; left: number | null };

/** @returns null: in the frame, or never in it */
export function exitOf(trace: Trace, step: number, box: Box): Exit | null {
  const went = wentOut(trace, step);
  if (!went) return null;
  const { xs, ys } = trace;
  const { out, left } = went;
  const [x0, y0, x1, y1] = [xs[out - 1], ys[out - 1], xs[out], ys[out]];
  const part = clippedSegment(box, x0, y0, x1, y1);
  const share = part ? part[1] : 0;
  return { trace, x: x0 + (x1 - x0) * share, y: y0 + (y1 - y0) * share, angle: Math.atan2(y1 - y0, x1 - x0), left };
}

function sentence({ trace: { run }, left }: Exit): string {
  if (left === null) return "";
  const diverged = run.end?.diverged_at;
  return `leaves the map at step ${left}` + (diverged ? `, diverges at step ${diverged}` : "");
}

/** @param taken  what names are to keep off */
export function drawExits(context: CanvasRenderingContext2D, look: MapLook, exits: Exit[], taken: Box[]) {
  const written = [...taken];
  for (const exit of exits) drawTip(context, look, exit);
  for (const exit of exits) nameExit(context, look, exit, written);
}

function drawTip(context: CanvasRenderingContext2D, look: MapLook, { trace, x, y, angle }: Exit) {
  const s = look.scale;
  const tip = new Path2D(outlinePath(table.marks.exit, s));
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.lineJoin = "round";
  context.lineWidth = 4 * s;
  context.strokeStyle = look.colours.casing;
  context.stroke(tip);
  context.fillStyle = look.colours.runs[trace.run.slot];
  context.fill(tip);
  context.restore();
}

function nameExit(context: CanvasRenderingContext2D, look: MapLook, exit: Exit, written: Box[]) {
  const s = look.scale;
  const { name } = exit.trace.run;
  context.font = font(look, 13, "600");
  const nameWidth = context.measureText(name + " ").width;
  context.font = font(look, 13);
  const rest = look.compact ? "" : sentence(exit);
  const width = nameWidth + context.measureText(rest).width;
  const box = placeName(exit, look, width, 17 * s, written);
  written.push(box);
  const base = box.top + 13 * s;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  haloText(context, look, rest, box.left + nameWidth, base, look.colours.ink);
  context.font = font(look, 13, "600");
  haloText(context, look, name, box.left, base, look.colours.ink);
}

/** In the margin above the map where it left by the top, else on the ground beside the arrowhead. */
function placeName({ x, y }: Exit, look: MapLook, width: number, height: number, written: Box[]): Box {
  const s = look.scale;
  const { box } = look;
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  const above = y < box.top + 2 && !look.compact;
  const room = x + 12 * s + width < right;
  const left = Math.max(box.left + 4 * s, room ? x + 12 * s : x - 12 * s - width);
  const top = above ? box.top - 23 * s : Math.min(bottom - height - 6 * s, Math.max(box.top + 6 * s, y - height / 2));
  const place = { left, top, width, height };
  const down = y > box.top + box.height / 2 ? -1 : 1;
  while (written.some((other) => overlap(other, place)) && place.top < bottom && place.top > -height) {
    place.top = place.top < box.top ? box.top + 6 * s : place.top + down * (height + 2 * s);
  }
  return place;
}
