/** The known minima: their marks on the ground, and their words. */

import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { nearest } from "../../marks/hit.ts";
import { widthOf } from "../../marks/look.ts";
import { type Mark, shape } from "../../marks/mark.ts";
import type { Occupancy } from "../../marks/occupancy.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { bestSpot, leader } from "../../marks/spots.ts";
import { type Box, boxAround, inside, movedInto, overlap } from "../../math/box.ts";
import { formatExact, formatPlace } from "../../math/format.ts";
import { markerPath } from "../../math/markers.ts";
import type { MapLook } from "./look.ts";
import type { KnownMinimum } from "./mapAxes.ts";
import { labelIn, leaderMark } from "./style.ts";
import type { VisibleArea } from "./visibleArea.ts";

/** Words in their box; led: a line leads to them. */
type MinimumWords = { text: string; box: Box; led: boolean };

/** A minimum on the screen and its words; whole: with where it is, whatever is in the way. */
export type Sink = MinimumWords & { x: number; y: number; whole: MinimumWords };

/** Indices of sinks whose words are said whole. */
export type Told = number[];

/** Pixels from a minimum within which it is pointed at. */
const NEAR = 14;
/** Of a minimum's words, and from the middle of its mark to them. */
const HEIGHT = 15;
const NAMED = { size: 13, italic: true, weight: 600 };
const GAP = 11;
/** Words nearer than this, in pixels across, to the mark of another minimum cost so many squares. */
const BESIDE = 27;
const CLOSE_TO_OTHERS = 6;

/** @returns the index of the one that is pointed at; -1: none */
export const sinkUnder = (sinks: Sink[], px: number, py: number): number =>
  nearest(
    sinks.map(({ x, y }) => Math.hypot(x - px, y - py)),
    NEAR,
  );

/**
 * @param minima  on the ground or on the curve
 * @param occupancy  takes up marks and words
 * @returns those in sight
 */
export function placeMinima(area: VisibleArea, look: MapLook, minima: KnownMinimum[], occupancy: Occupancy): Sink[] {
  const r = 7 * look.scale;
  const seen = minima
    .map(({ x, y, loss, at }) => {
      const text = `min ${formatExact(loss, 4)}`;
      return { x: screenX(area, x), y: screenY(area, y), text, long: `${text} at ${formatPlace(at, 4)}` };
    })
    .filter(({ x, y }) => inside(area.box, x, y));
  for (const { x, y } of seen) occupancy.markBox(boxAround(x, y, r));
  const around = seen.map((mark) => boxAround(mark.x, mark.y, BESIDE * look.scale, r));
  return seen.map(({ x, y, text, long }, index) => {
    const wordsAs = (words: string): MinimumWords => {
      const size: [number, number] = [widthOf(look, words, NAMED), HEIGHT * look.scale];
      const { box, led } = bestSpot(
        { x, y, size, gap: GAP * look.scale, scale: look.scale },
        (spot) =>
          occupancy.crowd(spot.box) +
          CLOSE_TO_OTHERS * around.filter((other, k) => k !== index && overlap(other, spot.box)).length,
      );
      return { text: words, box: movedInto(box, area.box), led };
    };
    const [wide, narrow] = [wordsAs(long), wordsAs(text)];
    const shown = occupancy.crowd(wide.box) <= occupancy.crowd(narrow.box) ? wide : narrow;
    occupancy.markBox(shown.box);
    return { x, y, ...shown, whole: wide };
  });
}

const { radius, inner, outer } = table.marks.sink;
/** A ring with an arm to each side. */
const SINK = [
  markerPath(0, radius),
  ...[
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ].map(([dx, dy]) => `M${dx * radius * inner} ${dy * radius * inner}L${dx * radius * outer} ${dy * radius * outer}`),
].join("");

/** Their marks, to lie under the routes. */
export const minimaMarks = (sinks: Sink[]): Mark[] =>
  sinks.map(({ x, y }) => shape([x, y], SINK, { stroke: "ink", width: 1.5, casing: { stroke: "halo", width: 4 } }));

/**
 * Their words, to lie over the routes. One that is told whole takes the place of what is in its way.
 * @param told  pointed at, or all while the keys are on the map
 * @param taken  which the others give way to
 */
export function wordsOf(sinks: Sink[], told: Told, taken: Box[]): (MinimumWords & { x: number; y: number })[] {
  const whole: Sink[] = [];
  for (const k of told) if (!whole.some((other) => overlap(other.whole.box, sinks[k].whole.box))) whole.push(sinks[k]);
  const inWay = [...taken, ...whole.map((sink) => sink.whole.box)];
  const others = sinks.filter((sink) => !whole.includes(sink) && !inWay.some((box) => overlap(box, sink.box)));
  return [...others, ...whole.map((sink) => ({ ...sink, ...sink.whole }))];
}

export const minimaNames = (look: MapLook, sinks: Sink[], told: Told, taken: Box[]): Mark[] =>
  wordsOf(sinks, told, taken).flatMap(({ x, y, box, led, text }) => [
    ...(led ? [leaderMark(leader(x, y, box, GAP * look.scale))] : []),
    labelIn(box, text, NAMED),
  ]);
