/** What is marked on the ground: the known minima, and the point the runs start from. */
import table from "../../../data/drawing.json" with { type: "json" };
import { formatExact, formatPlace } from "../../math/format.ts";
import { outlinePath } from "../../math/markers.ts";
import { font, haloText } from "./look.ts";
import { inside, screenX, screenY } from "./visibleArea.ts";
import type { MapLook } from "./look.ts";
import type { VisibleArea } from "./visibleArea.ts";
import type { Box } from "../../math/box.ts";
import { overlap } from "./occupancy.ts";
import type { Occupancy } from "./occupancy.ts";
import type { KnownMinimum } from "./plane.ts";

/** Where words stand around a mark: side (-1, 0, 1) across and down, the best first. */
const SPOTS = [[1, 0.55], [1, -0.55], [-1, 0.55], [-1, -0.55], [1, 0], [-1, 0], [0, 1], [0, -1]];

/**
 * @param width  of the words
 * @param gap  from the mark's centre
 */
function boxAt(x: number, y: number, width: number, height: number, gap: number, [across, down]: number[]): Box {
  const left = across > 0 ? x + gap : across < 0 ? x - gap - width : x - width / 2;
  const top = down === 1 ? y + gap : down === -1 ? y - gap - height : y + down * height - height / 2;
  return { left, top, width, height };
}

/** The freest of eight places around a mark. */
export function freest(x: number, y: number, width: number, height: number, gap: number, occupancy: Occupancy): Box {
  const boxes = SPOTS.map((spot) => boxAt(x, y, width, height, gap, spot));
  const crowds = boxes.map((box) => occupancy.crowd(box));
  return boxes[crowds.indexOf(Math.min(...crowds))];
}

/** A minimum on the screen and its words; whole: with where it is, as wide as that takes, whatever is in the way. */
export type Sink = { x: number; y: number; text: string; box: Box; whole: { text: string; box: Box } };

/** Indices of sinks whose words are said whole. */
export type Told = number[];

/** Pixels from a minimum within which it is pointed at. */
const NEAR = 14;

/** @returns the index of the one that is pointed at; -1: none */
export function sinkUnder(sinks: Sink[], px: number, py: number): number {
  const away = sinks.map(({ x, y }) => Math.hypot(x - px, y - py));
  const least = Math.min(...away);
  return least <= NEAR ? away.indexOf(least) : -1;
}

const within = (box: Box, frame: Box): Box => ({
  ...box,
  left: Math.max(frame.left + 2, Math.min(box.left, frame.left + frame.width - box.width - 2)),
  top: Math.max(frame.top + 2, Math.min(box.top, frame.top + frame.height - box.height - 2)),
});

/**
 * @param minima  on the ground or on the curve
 * @param occupancy  takes up marks and words
 * @returns those in sight
 */
export function placeMinima(
  context: CanvasRenderingContext2D,
  area: VisibleArea,
  look: MapLook,
  minima: KnownMinimum[],
  occupancy: Occupancy,
): Sink[] {
  const r = 7 * look.scale;
  const seen = minima
    .map(({ x, y, loss, at }) => {
      const text = `min ${formatExact(loss, 4)}`;
      return { x: screenX(area, x), y: screenY(area, y), text, long: `${text} at ${formatPlace(at, 4)}` };
    })
    .filter(({ x, y }) => inside(area.box, x, y));
  for (const { x, y } of seen) occupancy.markBox({ left: x - r, top: y - r, width: 2 * r, height: 2 * r });
  context.font = font(look, 13, "italic 600");
  return seen.map(({ x, y, text, long }) => {
    const boxOf = (words: string) =>
      freest(x, y, context.measureText(words).width, 15 * look.scale, 11 * look.scale, occupancy);
    const wide = boxOf(long);
    const roomy = occupancy.crowd(wide) === 0;
    const box = roomy ? wide : boxOf(text);
    occupancy.markBox(box);
    return { x, y, text: roomy ? long : text, box, whole: { text: long, box: within(wide, area.box) } };
  });
}

/** Their marks, to lie under the routes. */
export function drawMinima(context: CanvasRenderingContext2D, look: MapLook, sinks: Sink[]) {
  for (const { x, y } of sinks) drawSink(context, look, x, y);
}

/**
 * Their words, to lie over the routes. One that is told whole takes the place of what is in its way.
 * @param told  pointed at, or all while the keys are on the map
 */
export function wordsOf(sinks: Sink[], told: Told): { text: string; box: Box }[] {
  const whole: { text: string; box: Box }[] = [];
  for (const k of told) if (!whole.some(({ box }) => overlap(box, sinks[k].whole.box))) whole.push(sinks[k].whole);
  const others = sinks.filter((sink) => !whole.includes(sink.whole) && !whole.some(({ box }) => overlap(box, sink.box)));
  return [...others, ...whole];
}

export function nameMinima(context: CanvasRenderingContext2D, look: MapLook, sinks: Sink[], told: Told) {
  context.font = font(look, 13, "italic 600");
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const { text, box } of wordsOf(sinks, told)) haloText(context, look, text, box.left, box.top + box.height / 2, look.colours.ink);
}

function drawSink(context: CanvasRenderingContext2D, look: MapLook, x: number, y: number) {
  const { radius, inner, outer } = table.marks.sink;
  const r = radius * look.scale;
  const sink = new Path2D();
  sink.arc(x, y, r, 0, 2 * Math.PI);
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    sink.moveTo(x + dx * r * inner, y + dy * r * inner);
    sink.lineTo(x + dx * r * outer, y + dy * r * outer);
  }
  context.lineCap = "butt";
  context.lineWidth = 4 * look.scale;
  context.strokeStyle = look.colours.halo;
  context.stroke(sink);
  context.lineWidth = 1.5 * look.scale;
  context.strokeStyle = look.colours.ink;
  context.stroke(sink);
}

/**
 * @param place  its coordinates
 * @returns of its words
 */
export function drawStart(context: CanvasRenderingContext2D, look: MapLook, x: number, y: number, place: string, occupancy: Occupancy): Box {
  const s = look.scale;
  const triangle = new Path2D(outlinePath(table.marks.start, s));
  context.save();
  context.translate(x, y);
  context.lineJoin = "miter";
  context.lineWidth = 5 * s;
  context.strokeStyle = look.colours.casing;
  context.stroke(triangle);
  context.fillStyle = look.colours.casing;
  context.fill(triangle);
  context.lineWidth = 1.8 * s;
  context.strokeStyle = look.colours.ink;
  context.stroke(triangle);
  context.fillStyle = look.colours.ink;
  context.beginPath();
  context.arc(0, 1.4 * s, 1.7 * s, 0, 2 * Math.PI);
  context.fill();
  context.restore();
  return nameStart(context, look, x, y, place, occupancy);
}

function nameStart(context: CanvasRenderingContext2D, look: MapLook, x: number, y: number, place: string, occupancy: Occupancy): Box {
  const s = look.scale;
  context.font = font(look, 12.5);
  const placeWidth = context.measureText(place).width;
  context.font = font(look, 13.5, "600");
  const width = Math.max(placeWidth, context.measureText("start").width);
  const box = freest(x, y, width, 29 * s, 13 * s, occupancy);
  context.textAlign = box.left > x ? "left" : box.left + width < x ? "right" : "center";
  context.textBaseline = "alphabetic";
  const at = context.textAlign === "left" ? box.left : context.textAlign === "right" ? box.left + width : x;
  haloText(context, look, "start", at, box.top + 12 * s, look.colours.ink);
  context.font = font(look, 12.5);
  haloText(context, look, place, at, box.top + 26 * s, look.colours.ink);
  return box;
}
