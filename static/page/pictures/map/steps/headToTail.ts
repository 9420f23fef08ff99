/**
 * A step of kept and added parts: the parts head to tail, or beside each other where they are nearly parallel, with
 * words beside them, without the terms of the rule, which explanations name.
 */

import { type Ink, type Mark, type Place, runInk } from "../../../marks/mark.ts";
import { createOccupancy } from "../../../marks/occupancy.ts";
import { spotsBeside } from "../../../marks/spots.ts";
import { type Box, boxAround } from "../../../math/box.ts";
import type { EvidenceOf } from "../../../state/types.ts";
import { KEPT_AND_ADDED } from "../../../words/keptAndAdded.ts";
import type { MapLayout } from "../moment.ts";
import { labelAt, sizeOfWords } from "../style.ts";
import { displaced, HEAD, onScreen, stepArrow } from "./arrow.ts";
import type { StepDrawing } from "./enlarged.ts";

/** The kept part, the added part and the step, in pixels of the map. */
type Ways = [kept: Place, added: Place, step: Place];

const TERM = { size: 12.5, weight: 600 };
/** Of the arrows. */
const TERMS = [...KEPT_AND_ADDED.map(({ short }) => short), "the step"];
/** The cost of words on the side of an arrow where the others are: their leader would cross these. */
const AMONG = 8;
/** Nominal pixels that arrows and words take, and the arrows alone. */
const [SIZE, REACH] = [
  { width: 160, height: 104 },
  { width: 100, height: 70 },
];
/** Scales at which the arrows may be drawn, relative to the map. */
const TIMES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10, 15, 20];
/** A step that is shorter in its box, in nominal pixels, has none. */
const SHORTEST = 16;
/**
 * Parts are parallel below this sine of the angle between them; parallel ones, and those that would else lie nearer to
 * each other, are drawn so many nominal pixels apart.
 */
const [ALONG, BESIDE] = [0.35, 11];
/** The step in nominal pixels of the map, below which its parts are told apart in its box alone. */
const PARTED = 40;

/** @returns how far the tip of the added part is from the line of the kept one: above 0 to its right on the screen */
const offKept = ([keptPart, addedPart]: Ways): number =>
  (keptPart[0] * addedPart[1] - keptPart[1] * addedPart[0]) / (Math.hypot(...keptPart) || 1);

/** The arrows from tail to tip. */
function arrowsOf(ways: Ways, from: Place, times: number, gap: number) {
  const [keptPart, addedPart, step] = ways;
  const [length, other, off] = [Math.hypot(...keptPart) || 1, Math.hypot(...addedPart) || 1, offKept(ways)];
  const areBeside = Math.abs(off) < ALONG * other || times * Math.abs(off) < gap;
  const side = areBeside ? (off < 0 ? -gap : gap) / length : 0;
  const aside: Place = [-keptPart[1] * side, keptPart[0] * side];
  const met = displaced(displaced(from, keptPart, times), aside);
  const begin = displaced(from, aside, 2);
  return [
    [from, displaced(from, keptPart, times)],
    [met, displaced(met, addedPart, times)],
    [begin, displaced(begin, step, times)],
  ] as const;
}

/** @returns how far a place is from a line, times its length: above 0 to its right on the screen */
const offLine = ([from, to]: readonly [Place, Place], [x, y]: Place): number =>
  (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);

/** @returns the mean of places */
const meanOf = (places: Place[]): Place => {
  const sum = places.reduce((total, place) => displaced(total, place), [0, 0]);
  return [sum[0] / places.length, sum[1] / places.length];
};

export function headToTail(evidence: EvidenceOf<"step">, at: Place, { area, look, scene }: MapLayout): StepDrawing {
  const { scale } = look;
  const ways = [evidence.kept, evidence.added, displaced(evidence.kept, evidence.added)].map((way) =>
    onScreen(way, area),
  ) as Ways;
  const [keptPart, , step] = ways;
  const inks: Ink[] = ["ink", "ink", runInk(scene.wholeRuns[evidence.run].slot)];
  /** The step is below its parts: its tip coincides with that of the second, which begins at that of the first. */
  const marksOf = (arrows: ReturnType<typeof arrowsOf>, size: number, drawn = [2, 1, 0]): Mark[] =>
    drawn.flatMap((k) => stepArrow(...arrows[k], size, inks[k], k === 1));

  function enlarged(times: number, box: Box): Mark[] {
    const unplaced = arrowsOf(ways, [0, 0], times, BESIDE * scale);
    const ends = unplaced.flat();
    const [xs, ys] = [0, 1].map((axis) => ends.map((end) => end[axis]));
    const from: Place = [
      box.left + (box.width - Math.min(...xs) - Math.max(...xs)) / 2,
      box.top + (box.height - Math.min(...ys) - Math.max(...ys)) / 2,
    ];
    const arrows = arrowsOf(ways, from, times, BESIDE * scale);
    const space = createOccupancy(box, 3);
    for (const [tail, tip] of arrows) {
      space.markSegment(...tail, ...tip);
      space.markWords(boxAround(...tip, HEAD * scale));
    }
    const middleOfAll = meanOf(arrows.flat());
    const words = arrows.flatMap((arrow, k) => {
      const [at, text] = [meanOf([...arrow]), TERMS[k]];
      const spots = [...spotsBeside({ at, size: sizeOfWords(look, text, TERM), gap: 7, scale })];
      // Words may stand on the outer side of their arrow.
      for (const spot of spots) {
        const { left, top, width, height } = spot.box;
        const isAmong = offLine(arrow, middleOfAll) * offLine(arrow, [left + width / 2, top + height / 2]) > 0;
        if (isAmong) spot.cost += AMONG;
      }
      const spot = space.place(spots.sort((first, other) => first.cost - other.cost));
      return spot ? labelAt(spot, box, text, TERM) : [];
    });
    return [...marksOf(arrows, scale), ...words];
  }

  const reach = (k: 0 | 1) => Math.max(0, keptPart[k], step[k]) - Math.min(0, keptPart[k], step[k]);
  // Parts that lie on the step are told apart in the box alone, where they stand beside each other.
  const isOnKept = Math.hypot(...evidence.kept) > 0 && Math.abs(offKept(ways)) < HEAD * scale;
  const isWhole = isOnKept || Math.hypot(...step) < PARTED * scale;
  const fits = (times: number) => times * reach(0) <= REACH.width * scale && times * reach(1) <= REACH.height * scale;
  const most = TIMES.findLast(fits) ?? TIMES[0];
  const isSeen = most * Math.max(...ways.map((way) => Math.hypot(...way))) >= SHORTEST * scale;
  return {
    most: isSeen ? most : 0,
    size: { width: SIZE.width * scale, height: SIZE.height * scale },
    note: (times) => (times > 1 ? `enlarged ${times} ×` : times < 1 ? "smaller than on the map" : "as on the map"),
    enlarged,
    onMap: marksOf(arrowsOf(ways, at, 1, 0), 0.8 * scale, isWhole ? [2] : undefined),
  };
}
