/** Where several runs have stopped at one place, their heads lie on each other: all of them stand beside it, small. */
import { drawHead } from "./pen.ts";
import { freest } from "./marks.ts";
import type { MapLook } from "./look.ts";
import type { Occupancy } from "./occupancy.ts";
import type { Box } from "../../math/box.ts";

/** of a stopped run's head */
export type HeadPlace = { slot: number; x: number; y: number };

const NEAR = 9;
const APART = 15;
const SMALL = 4.4;

/** @returns of two and more, each around its first */
export function gatheredHeads(places: HeadPlace[], near: number): HeadPlace[][] {
  const groups: HeadPlace[][] = [];
  for (const place of places) {
    const group = groups.find(([first]) => Math.hypot(first.x - place.x, first.y - place.y) < near);
    if (group) group.push(place);
    else groups.push([place]);
  }
  return groups.filter((group) => group.length > 1);
}

export function drawGathered(context: CanvasRenderingContext2D, look: MapLook, places: HeadPlace[], occupancy: Occupancy) {
  const s = look.scale;
  for (const group of gatheredHeads(places, NEAR * s)) {
    const [{ x, y }] = group;
    const width = group.length * APART * s;
    const box = freest(x, y, width, APART * s, 13 * s, occupancy);
    plate(context, look, x, y, box);
    group.forEach(({ slot }, k) => {
      const state = { stopped: true, selected: false, radius: SMALL };
      drawHead(context, look, slot, box.left + (k + 0.5) * APART * s, box.top + box.height / 2, state);
    });
  }
}

/** A slip of paper under the heads, with a line to the place they are all at: no head stands where its run does not. */
function plate(context: CanvasRenderingContext2D, { colours, scale }: MapLook, x: number, y: number, { left, top, width, height }: Box) {
  const to = [Math.min(Math.max(x, left), left + width), Math.min(Math.max(y, top), top + height)];
  for (const [colour, line] of [[colours.paper, 3.5], [colours.ink, 1]] as [string, number][]) {
    context.strokeStyle = colour;
    context.lineWidth = line * scale;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(to[0], to[1]);
    context.rect(left, top, width, height);
    context.stroke();
  }
  context.fillStyle = colours.paper;
  context.fillRect(left, top, width, height);
}
