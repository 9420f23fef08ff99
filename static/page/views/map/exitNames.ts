/** Runs that have left the map: an arrowhead on the frame where they went, and their name, as roads are named there. */
import table from "../../../data/drawing.json" with { type: "json" };
import type { Box } from "../../math/box.ts";
import { outlinePath } from "../../math/markers.ts";
import type { Exit } from "./exits.ts";
import type { MapLook } from "./look.ts";
import { font, haloText } from "./look.ts";
import { overlap } from "./occupancy.ts";

function sentence({ trace: { run }, left }: Exit): string {
  if (left === null) return "";
  const diverged = run.end?.diverged_at;
  return `leaves the map at step ${left}${diverged ? `, diverges at step ${diverged}` : ""}`;
}

/** @returns where the name of each stands; @param taken  what names are to keep off */
export function placeExits(context: CanvasRenderingContext2D, look: MapLook, exits: Exit[], taken: Box[]): Box[] {
  const boxes: Box[] = [];
  for (const exit of exits)
    boxes.push(placeName(exit, look, widthOf(context, look, exit), 17 * look.scale, [...taken, ...boxes]));
  return boxes;
}

/** @param boxes  where their names stand */
export function drawExits(context: CanvasRenderingContext2D, look: MapLook, exits: Exit[], boxes: Box[]) {
  for (const exit of exits) drawTip(context, look, exit);
  for (const [k, exit] of exits.entries()) nameExit(context, look, exit, boxes[k]);
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

const nameOf = ({ trace }: Exit) => `${trace.run.name} `;
const restOf = (exit: Exit, look: MapLook) => (look.compact ? "" : sentence(exit));

function widthOf(context: CanvasRenderingContext2D, look: MapLook, exit: Exit): number {
  context.font = font(look, 13, "600");
  const name = context.measureText(nameOf(exit)).width;
  context.font = font(look, 13);
  return name + context.measureText(restOf(exit, look)).width;
}

function nameExit(context: CanvasRenderingContext2D, look: MapLook, exit: Exit, box: Box) {
  const base = box.top + 13 * look.scale;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.font = font(look, 13, "600");
  const nameWidth = context.measureText(nameOf(exit)).width;
  haloText(context, look, nameOf(exit), box.left, base, look.colours.ink);
  context.font = font(look, 13);
  haloText(context, look, restOf(exit, look), box.left + nameWidth, base, look.colours.ink);
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
