/** What is marked on the ground: the known minima, and the point the runs start from. */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import type { Box } from "../../math/box.ts";
import { formatExact, formatPlace } from "../../math/format.ts";
import { markerPath } from "../../math/markers.ts";
import type { MapLook } from "./look.ts";
import { font, haloText } from "./look.ts";
import type { KnownMinimum } from "./mapAxes.ts";
import type { Occupancy } from "./occupancy.ts";
import { overlap } from "./occupancy.ts";
import { bestSpot, drawLeader, leader, within } from "./spots.ts";
import type { VisibleArea } from "./visibleArea.ts";
import { inside, screenX, screenY } from "./visibleArea.ts";

/** Words in their box; led: a line leads to them. */
export type Words = { text: string; box: Box; led: boolean };

/** A minimum on the screen and its words; whole: with where it is, whatever is in the way. */
export type Sink = Words & { x: number; y: number; whole: Words };

/** Indices of sinks whose words are said whole. */
export type Told = number[];

/** Pixels from a minimum within which it is pointed at. */
const NEAR = 14;
/** Of a minimum's words, and from the middle of its mark to them. */
const HEIGHT = 15;
const GAP = 11;
/** Words nearer than this, in pixels across, to the mark of another minimum cost so many squares. */
const BESIDE = 27;
const CLOSE_TO_OTHERS = 6;

/** @returns the index of the one that is pointed at; -1: none */
export function sinkUnder(sinks: Sink[], px: number, py: number): number {
  const away = sinks.map(({ x, y }) => Math.hypot(x - px, y - py));
  const least = Math.min(...away);
  return least <= NEAR ? away.indexOf(least) : -1;
}

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
  const around = seen.map((mark) => ({
    left: mark.x - BESIDE * look.scale,
    top: mark.y - r,
    width: 2 * BESIDE * look.scale,
    height: 2 * r,
  }));
  return seen.map(({ x, y, text, long }, index) => {
    const wordsAs = (words: string): Words => {
      const size: [number, number] = [context.measureText(words).width, HEIGHT * look.scale];
      const { box, led } = bestSpot(
        x,
        y,
        size,
        GAP * look.scale,
        look.scale,
        (spot) =>
          occupancy.crowd(spot.box) +
          CLOSE_TO_OTHERS * around.filter((other, k) => k !== index && overlap(other, spot.box)).length,
      );
      return { text: words, box: within(box, area.box), led };
    };
    const [wide, narrow] = [wordsAs(long), wordsAs(text)];
    const shown = occupancy.crowd(wide.box) <= occupancy.crowd(narrow.box) ? wide : narrow;
    occupancy.markBox(shown.box);
    return { x, y, ...shown, whole: wide };
  });
}

/** Their marks, to lie under the routes. */
export function drawMinima(context: CanvasRenderingContext2D, look: MapLook, sinks: Sink[]) {
  for (const { x, y } of sinks) drawSink(context, look, x, y);
}

/**
 * Their words, to lie over the routes. One that is told whole takes the place of what is in its way.
 * @param told  pointed at, or all while the keys are on the map
 * @param taken  which the others give way to
 */
export function wordsOf(sinks: Sink[], told: Told, taken: Box[]): (Words & { x: number; y: number })[] {
  const whole: Sink[] = [];
  for (const k of told) if (!whole.some((other) => overlap(other.whole.box, sinks[k].whole.box))) whole.push(sinks[k]);
  const inWay = [...taken, ...whole.map((sink) => sink.whole.box)];
  const others = sinks.filter((sink) => !whole.includes(sink) && !inWay.some((box) => overlap(box, sink.box)));
  return [...others, ...whole.map((sink) => ({ ...sink, ...sink.whole }))];
}

export function nameMinima(context: CanvasRenderingContext2D, look: MapLook, sinks: Sink[], told: Told, taken: Box[]) {
  const words = wordsOf(sinks, told, taken);
  for (const { x, y, box, led } of words) if (led) drawLeader(context, look, leader(x, y, box, GAP * look.scale));
  context.font = font(look, 13, "italic 600");
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const { text, box } of words)
    haloText(context, look, text, box.left, box.top + box.height / 2, look.colours.ink);
}

function drawSink(context: CanvasRenderingContext2D, look: MapLook, x: number, y: number) {
  const { radius, inner, outer } = table.marks.sink;
  const r = radius * look.scale;
  const sink = new Path2D();
  sink.arc(x, y, r, 0, 2 * Math.PI);
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
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

export const startText = (start: number[]): string => start.map((value) => formatExact(value, 4)).join(", ");

/** A ring with a dot, which is no run's marker. */
export function drawStart(context: CanvasRenderingContext2D, look: MapLook, x: number, y: number) {
  const s = look.scale;
  const { radius, dot } = table.marks.start;
  const ring = new Path2D(markerPath(0, radius * s));
  context.save();
  context.translate(x, y);
  context.lineWidth = 5 * s;
  context.strokeStyle = look.colours.casing;
  context.stroke(ring);
  context.fillStyle = look.colours.casing;
  context.fill(ring);
  context.lineWidth = 2 * s;
  context.strokeStyle = look.colours.ink;
  context.stroke(ring);
  context.fillStyle = look.colours.ink;
  context.fill(new Path2D(markerPath(0, dot * s)));
  context.restore();
}

/**
 * @param place  its coordinates
 * @param occupancy  takes up its words
 * @returns where these stand
 */
export function placeStart(
  context: CanvasRenderingContext2D,
  look: MapLook,
  x: number,
  y: number,
  place: string,
  occupancy: Occupancy,
): Box {
  const s = look.scale;
  context.font = font(look, 12.5);
  const placeWidth = context.measureText(place).width;
  context.font = font(look, 13.5, "600");
  const width = Math.max(placeWidth, context.measureText("start").width);
  const { box } = bestSpot(x, y, [width, 29 * s], 13 * s, s, ({ box: around, led }) =>
    led ? Infinity : occupancy.crowd(around),
  );
  occupancy.markBox(box);
  return box;
}

/** @param box  of its words */
export function nameStart(context: CanvasRenderingContext2D, look: MapLook, x: number, place: string, box: Box) {
  const s = look.scale;
  const { left, top, width } = box;
  context.textAlign = left > x ? "left" : left + width < x ? "right" : "center";
  context.textBaseline = "alphabetic";
  const at = context.textAlign === "left" ? left : context.textAlign === "right" ? left + width : x;
  context.font = font(look, 13.5, "600");
  haloText(context, look, "start", at, top + 12 * s, look.colours.ink);
  context.font = font(look, 12.5);
  haloText(context, look, place, at, top + 26 * s, look.colours.ink);
}
