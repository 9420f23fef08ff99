/** Runs that have left the map: an arrowhead on the frame where they went, and their name, as roads are named there. */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import type { Box } from "../../math/box.ts";
import { outlinePath } from "../../math/markers.ts";
import type { Exit } from "./exits.ts";
import type { MapLook } from "./look.ts";
import { font, haloText } from "./look.ts";
import { overlap } from "./occupancy.ts";
import { clippedSegment } from "./trace.ts";

function sentence({ trace: { run }, left }: Exit): string {
  if (left === null) return "";
  const diverged = run.end?.diverged_at;
  return `leaves the map at step ${left}${diverged ? `, diverges at step ${diverged}` : ""}`;
}

/** @returns where the name of each stands; @param taken  what names are to keep off */
export function placeExits(context: CanvasRenderingContext2D, look: MapLook, exits: Exit[], taken: Box[]): Box[] {
  const boxes: Box[] = [];
  for (const exit of exits) boxes.push(placeName(exit, look, measured(context, look, exit), [...taken, ...boxes]));
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
/** A longer one is left away on a phone, as a part of the width of the map. */
const LONG = 0.6;

/** Nominal pixels of a row of a name. */
const ROW = 17;

/** words: after its name; name, rest: how wide that and the words are */
type Measured = { words: string; name: number; rest: number };

function measured(context: CanvasRenderingContext2D, look: MapLook, exit: Exit): Measured {
  context.font = font(look, 13, "600");
  const name = context.measureText(nameOf(exit)).width;
  context.font = font(look, 13);
  const words = sentence(exit);
  const rest = context.measureText(words).width;
  return look.compact && name + rest > LONG * look.box.width ? { words: "", name, rest: 0 } : { words, name, rest };
}

function nameExit(context: CanvasRenderingContext2D, look: MapLook, exit: Exit, box: Box) {
  const base = box.top + 13 * look.scale;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  const { words, name } = measured(context, look, exit);
  const second = box.height > ROW * look.scale;
  context.font = font(look, 13, "600");
  haloText(context, look, nameOf(exit), box.left, base, look.colours.ink);
  context.font = font(look, 13);
  haloText(
    context,
    look,
    words,
    second ? box.left : box.left + name,
    second ? base + ROW * look.scale : base,
    look.colours.ink,
  );
}

/** From an arrowhead to a name beside it, and what a second row of the name costs, in nominal pixels. */
const [BESIDE, SECOND] = [12, 40];

/**
 * In the margin above the map where it left by the top, else on the ground: as near to the arrowhead as it is whole,
 * off what is taken and off the step that led out.
 */
function placeName({ x, y, from }: Exit, look: MapLook, { name, rest }: Measured, taken: Box[]): Box {
  const s = look.scale;
  const { box } = look;
  const row = ROW * s;
  const margin = y < box.top + 2 && !look.compact ? [box.top - 23 * s] : [];
  const places = [name + rest, Math.max(name, rest)].flatMap((width, second) => {
    const height = row * (1 + second);
    const [least, most] = [box.left + 4 * s, box.left + box.width - width - 4 * s];
    const over = Math.max(least, Math.min(x - width / 2, most));
    const sides = [x + BESIDE * s, x - BESIDE * s - width, ...taken.map(({ left }) => left - 4 * s - width)];
    const lefts = [...sides.filter((left) => left >= least && left <= most), over];
    const [first, last] = [box.top + 6 * s, box.top + box.height - height - 6 * s];
    const beside = Math.min(last, Math.max(first, y - row / 2));
    const rows = Array.from({ length: Math.ceil(box.height / row) }, (_, k) => [beside + k * row, beside - k * row]);
    const tops = [...(second ? [] : margin), ...rows.flat().filter((top) => top >= first && top <= last)];
    return tops.flatMap((top) =>
      lefts.map((left) => {
        const across = Math.max(0, left - x, x - left - width) || 2 * BESIDE * s;
        const away = margin.includes(top) ? 0 : 10 * s + Math.abs(top - beside);
        return { away: away + across + second * SECOND * s, place: { left, top, width, height } };
      }),
    );
  });
  const isFree = (place: Box) => !taken.some((other) => overlap(other, place)) && !clippedSegment(place, ...from, x, y);
  places.sort((one, other) => one.away - other.away);
  return (places.find(({ place }) => isFree(place)) ?? places[0]).place;
}
