/** The flag planted where a run is thought to end, with how far off that is; and the name of a quick event. */

import type { Box } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import type { Scene } from "../../state/types.ts";
import type { MapDrawing } from "./index.ts";
import type { MapLook } from "./look.ts";
import { font, haloText } from "./look.ts";
import { overlap } from "./occupancy.ts";
import type { Spot } from "./spots.ts";
import { bestSpot, drawLeader, leader, within } from "./spots.ts";
import { clippedSegment, placeAt } from "./trace.ts";
import { inside, screenX, screenY } from "./visibleArea.ts";

/** Pixels that a guess is off from which on they are said; and that its words take. */
const FAR = 60;
const ROOM = 120;
/** Pixels: of the ring around a head. */
const RING = 15;
/** What it costs that words cover something else, and that the line to them crosses it, in pixels of a move. */
const [COVERED, CROSSED] = [1000, 100];
/** Pixels: of its pole and its cloth. */
const POLE = 26;
const CLOTH = { width: 17, height: 11 };

function stroke(context: CanvasRenderingContext2D, { colours, scale }: MapLook, path: Path2D, width: number) {
  for (const [colour, line] of [
    [colours.halo, width + 3],
    [colours.ink, width],
  ] as [string, number][]) {
    context.lineWidth = line * scale;
    context.strokeStyle = colour;
    context.stroke(path);
  }
}

function flag(context: CanvasRenderingContext2D, look: MapLook, x: number, y: number) {
  const s = look.scale;
  const path = new Path2D();
  path.moveTo(x, y);
  path.lineTo(x, y - POLE * s);
  path.lineTo(x + CLOTH.width * s, y - (POLE - CLOTH.height / 2) * s);
  path.lineTo(x, y - (POLE - CLOTH.height) * s);
  context.lineJoin = "round";
  context.fillStyle = look.colours.paper;
  stroke(context, look, path, 1.8);
  context.fill(path);
  const foot = new Path2D();
  foot.arc(x, y, 3.4 * s, 0, 2 * Math.PI);
  stroke(context, look, foot, 1);
  context.fillStyle = look.colours.ink;
  context.fill(foot);
}

/** @param side  of the place: to the right of it, over it, to the left */
function write(context: CanvasRenderingContext2D, look: MapLook, text: string, x: number, y: number, side: 1 | 0 | -1) {
  context.font = font(look, 13.5, "600");
  context.textAlign = side > 0 ? "left" : side < 0 ? "right" : "center";
  context.textBaseline = "middle";
  haloText(context, look, text, x, y, look.colours.ink);
}

export function drawGuess(context: CanvasRenderingContext2D, { scene, axes, area, look }: MapDrawing) {
  if (!scene.guess) return;
  const { at, end } = scene.guess;
  const onScreen = (point: number[]) => {
    const [x, y] = axes.place(point, scene);
    return [screenX(area, x), screenY(area, y)];
  };
  const [x, y] = onScreen(at);
  let side: -1 | 1 = area.box.left + area.box.width - x > ROOM * look.scale ? 1 : -1;
  if (!inside(area.box, x, y)) return;
  if (end) {
    const [endX, endY] = onScreen(end);
    const line = new Path2D();
    line.moveTo(x, y);
    line.lineTo(endX, endY);
    stroke(context, look, line, 1.4);
    const off = Math.hypot(...at.map((value, k) => value - end[k]));
    // Each at its own end of the line.
    const [at60, right] = [[x + 0.6 * (endX - x), y + 0.6 * (endY - y)], endX >= x];
    if (Math.hypot(endX - x, endY - y) > FAR * look.scale)
      write(context, look, `${formatMeasured(off, 2)} off`, at60[0], at60[1] + (endY > y ? -14 : 14) * look.scale, 0);
    side = right ? -1 : 1;
  }
  flag(context, look, x, y);
  const s = look.scale;
  write(
    context,
    look,
    "your guess",
    x + (side > 0 ? CLOTH.width + 5 : -6) * s,
    y - (POLE - CLOTH.height / 2) * s,
    side,
  );
}

/** @returns what happens quickly about the step */
export const dwellsAt = ({ dwells }: Scene, step: number) =>
  dwells.filter(({ first, last }) => step > 0 && step > first - 1 && step <= last);

/** @returns where words of this size stand beside the head of a run, whole and off what is taken */
export function placeDwell(
  x: number,
  y: number,
  size: [number, number],
  frame: Box,
  scale: number,
  taken: Box[],
): Pick<Spot, "box" | "led"> {
  const { box, led } = bestSpot(x, y, size, RING * scale + 5, scale, ({ box: spot, led }) => {
    const inSight = within(spot, frame);
    const moved = Math.abs(inSight.left - spot.left) + Math.abs(inSight.top - spot.top);
    const covered = taken.filter((other) => overlap(other, inSight)).length;
    const way = leader(x, y, inSight, RING * scale);
    const crossed = led ? taken.filter((other) => clippedSegment(other, ...way)).length : 0;
    return COVERED * covered + CROSSED * crossed + moved;
  });
  return { box: within(box, frame), led };
}

/** What happens at the head of a run in these steps: it is ringed, and told. @param taken  what its words keep off */
export function drawDwells(
  context: CanvasRenderingContext2D,
  { scene, traces, area, look, playhead: { step } }: MapDrawing,
  taken: Box[],
) {
  for (const { run, label } of dwellsAt(scene, step)) {
    const trace = traces.find(({ index }) => index === run);
    if (!trace) continue;
    const [x, y] = placeAt(trace, step);
    if (!inside(area.box, x, y)) continue;
    const ring = new Path2D();
    ring.arc(x, y, RING * look.scale, 0, 2 * Math.PI);
    stroke(context, look, ring, 1.8);
    context.font = font(look, 13.5, "600");
    const size: [number, number] = [context.measureText(label).width, 16 * look.scale];
    const { box, led } = placeDwell(x, y, size, look.box, look.scale, taken);
    if (led) drawLeader(context, look, leader(x, y, box, RING * look.scale));
    write(context, look, label, box.left, box.top + box.height / 2, 1);
  }
}
