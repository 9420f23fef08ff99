/**
 * A step of kept and added parts: the parts head to tail, or beside each other where they are nearly parallel, with
 * words beside them, without the terms of the rule, which explanations name.
 */

import { type Ink, type Mark, type Place, runInk } from "../../../marks/mark.ts";
import { createOccupancy, type Line } from "../../../marks/occupancy.ts";
import { type SpotBeside, spotsBeside } from "../../../marks/spots.ts";
import { type Box, boxAround, type Size, withMargin } from "../../../math/box.ts";
import type { EvidenceOf } from "../../../state/types.ts";
import { KEPT_AND_ADDED } from "../../../words/keptAndAdded.ts";
import type { MapLayout } from "../moment.ts";
import { labelAt, type MapLook, sizeOfWords } from "../style.ts";
import { displaced, HEAD, onScreen, stepArrow } from "./arrow.ts";
import type { StepDrawing, StepPicture } from "./enlarged.ts";

/** The kept part, the added part and the step, in pixels of the map. */
type Ways = [kept: Place, added: Place, step: Place];

const TERM = { size: 12.5, weight: 600 };
/** Words that would cover more squares than this give way to shorter ones. */
const FREE = 9;
/** A map of fewer nominal pixels across has the shorter words. */
const NARROW = 480;
/** The cost, in squares, of a nominal square pixel by which words make the box larger. */
const GROWTH = 0.0004;
/** The cost of words on the side of an arrow where the others are: their leader would cross these. */
const AMONG = 8;
/** Nominal pixels around the arrows where their words may stand, and below them. */
const [ASIDE, BELOW] = [150, 7];
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

/** @returns the smallest box around all */
function around(boxes: Box[]): Box {
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const right = Math.max(...boxes.map((box) => box.left + box.width));
  return { left, top, width: right - left, height: Math.max(...boxes.map((box) => box.top + box.height)) - top };
}

/** @returns how far a place is from a line, times its length: above 0 to its right on the screen */
const offLine = ([from, to]: readonly [Place, Place], [x, y]: Place): number =>
  (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);

/** @returns the mean of places */
const meanOf = (places: Place[]): Place => {
  const sum = places.reduce((total, place) => displaced(total, place), [0, 0]);
  return [sum[0] / places.length, sum[1] / places.length];
};

const areaOf = ({ width, height }: Size): number => width * height;

/** @returns words of the kept part, the added part or the step, the more wanted first */
function textsOf(k: number, look: MapLook, isBrief: boolean): string[] {
  if (!KEPT_AND_ADDED[k]) return isBrief ? ["step"] : ["the step, their sum", "the step"];
  const { whole, short } = KEPT_AND_ADDED[k];
  const isNarrow = isBrief || look.box.width < NARROW * look.scale;
  return isNarrow ? [short] : [whole, short];
}

export function headToTail(evidence: EvidenceOf<"step">, at: Place, { area, look, scene }: MapLayout): StepDrawing {
  const { scale } = look;
  const ways = [evidence.kept, evidence.added, displaced(evidence.kept, evidence.added)].map((way) =>
    onScreen(way, area),
  ) as Ways;
  const [keptPart, , step] = ways;
  const inks: Ink[] = ["ink", "ink", runInk(scene.wholeRuns[evidence.run].slot)];
  /** The step is below its parts: its tip coincides with that of the second, which begins at that of the first. */
  const marksOf = (arrows: ReturnType<typeof arrowsOf>, size: number, by: Place, drawn = [2, 1, 0]): Mark[] =>
    drawn.flatMap((k) => stepArrow(displaced(arrows[k][0], by), displaced(arrows[k][1], by), size, inks[k], k === 1));

  function enlarged(times: number, _: unknown, isBrief: boolean): StepPicture {
    const arrows = arrowsOf(ways, [0, 0], times, BESIDE * scale);
    const bare = around(arrows.flatMap((line) => line.map((end) => boxAround(...end, (HEAD / 2) * scale))));
    const space = createOccupancy(withMargin(bare, ASIDE * scale), 3);
    for (const [from, to] of arrows) {
      space.markSegment(...from, ...to);
      space.markWords(boxAround(...to, HEAD * scale));
    }
    let box = bare;
    const middleOfAll = meanOf(arrows.flat());
    /** Words may stand on the outer side of their arrow, where the box grows least. */
    const byGrowth = (arrow: readonly [Place, Place], spots: Iterable<SpotBeside>) =>
      [...spots]
        .map((spot) => {
          const { left, top, width, height } = spot.box;
          const isAmong = offLine(arrow, middleOfAll) * offLine(arrow, [left + width / 2, top + height / 2]) > 0;
          spot.cost += (isAmong ? AMONG : 0) + (GROWTH / scale ** 2) * (areaOf(around([box, spot.box])) - areaOf(box));
          return spot;
        })
        .sort((spot, other) => spot.cost - other.cost);
    const words = arrows.flatMap((arrow, k) => {
      const [from, to] = arrow;
      const middle = meanOf([from, to]);
      const texts = textsOf(k, look, isBrief);
      for (const text of texts) {
        const spots = spotsBeside({ at: middle, size: sizeOfWords(look, text, TERM), gap: 7, scale });
        const spot = space.place(byGrowth(arrow, spots), text === texts.at(-1) ? Infinity : FREE);
        if (!spot) continue;
        box = around([box, spot.box]);
        return [{ spot, text }];
      }
      return [];
    });
    const { left, top, width, height } = box;
    return {
      size: { width, height: height + BELOW * scale },
      marksIn(within) {
        const by: Place = [
          within.left + (within.width - width) / 2 - left,
          within.top + (within.height - height) / 2 - top,
        ];
        const named = words.flatMap(({ spot, text }) => {
          const leader = spot.leader && (spot.leader.map((value, k) => value + by[k % 2]) as Line);
          const movedBox = { ...spot.box, left: spot.box.left + by[0], top: spot.box.top + by[1] };
          return labelAt({ box: movedBox, leader }, within, text, TERM);
        });
        return [...marksOf(arrows, scale, by), ...named];
      },
    };
  }

  const reach = (k: 0 | 1) => Math.max(0, keptPart[k], step[k]) - Math.min(0, keptPart[k], step[k]);
  // Parts that lie on the step are told apart in the box alone, where they stand beside each other.
  const isOnKept = Math.hypot(...evidence.kept) > 0 && Math.abs(offKept(ways)) < HEAD * scale;
  const isWhole = isOnKept || Math.hypot(...step) < PARTED * scale;
  return {
    reach: { width: reach(0), height: reach(1) },
    longest: Math.max(...ways.map((way) => Math.hypot(...way))),
    notes: (times) => (times === 1 ? ["as on the map"] : [`${times} × as long as on the map`, `enlarged ${times} ×`]),
    enlarged,
    onMap: marksOf(arrowsOf(ways, at, 1, 0), 0.8 * scale, [0, 0], isWhole ? [2] : undefined),
  };
}
