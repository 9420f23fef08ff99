/**
 * The arrows of a step of kept and added parts, and the words beside them: laid out at a scale, so that the box around
 * them is known before it has its place.
 */

import { type Ink, type Mark, type Place, runInk } from "../../../marks/mark.ts";
import { createOccupancy, type Line, type Spot } from "../../../marks/occupancy.ts";
import { spotsBeside } from "../../../marks/spots.ts";
import { type Box, boxAround, grown } from "../../../math/box.ts";
import type { EvidenceOf } from "../../../state/types.ts";
import { STEP_PARTS } from "../../../words/stepParts.ts";
import type { MapDrawing } from "../moment.ts";
import { labelAt, sizeOfWords } from "../style.ts";
import type { VisibleArea } from "../visibleArea.ts";
import { HEAD, plus, stepArrow } from "./arrow.ts";

/** box: around the arrows and their words */
type StepLayout = { arrows: ReturnType<typeof arrowsOf>; words: { spot: Spot; text: string }[]; box: Box };

const TERM = { size: 12.5, weight: 600 };
/** Words that would cover more squares than this give way to shorter ones. */
const FREE = 9;
/** A map of fewer nominal pixels across has the shorter words. */
const NARROW = 480;
/** Below so many heads of an arrow the words tell how short the added part is. */
const SHORT = 2.5;
/** Nominal pixels around the arrows where their words may stand. */
const ASIDE = 150;
/**
 * Parts are parallel below this sine of the angle between them; parallel ones, and those that would else lie nearer to
 * each other, are drawn so many nominal pixels apart.
 */
const [ALONG, BESIDE] = [0.35, 11];

/** The kept part, the added part and the step, in pixels of the map. */
export function waysOf(of: EvidenceOf<"step">, { kx, ky }: VisibleArea): [Place, Place, Place] {
  const onScreen = ([x, y]: Place): Place => [x * kx, -y * ky];
  return [of.kept, of.added, plus(of.kept, of.added)].map(onScreen) as [Place, Place, Place];
}

/** @returns how far the tip of the added part is from the line of the kept one: above 0 to its right on the screen */
export const offKept = ([keptPart, addedPart]: [Place, Place, Place]): number =>
  (keptPart[0] * addedPart[1] - keptPart[1] * addedPart[0]) / (Math.hypot(...keptPart) || 1);

/** The arrows from tail to tip: the parts head to tail; or beside each other where they are nearly parallel. */
export function arrowsOf(ways: [Place, Place, Place], from: Place, times: number, gap: number) {
  const [keptPart, addedPart, step] = ways;
  const [length, other, off] = [Math.hypot(...keptPart) || 1, Math.hypot(...addedPart) || 1, offKept(ways)];
  const areBeside = Math.abs(off) < ALONG * other || times * Math.abs(off) < gap;
  const side = areBeside ? (off < 0 ? -gap : gap) / length : 0;
  const aside: Place = [-keptPart[1] * side, keptPart[0] * side];
  const met = plus(plus(from, keptPart, times), aside);
  const begin = plus(from, aside, 2);
  return [
    [from, plus(from, keptPart, times)],
    [met, plus(met, addedPart, times)],
    [begin, plus(begin, step, times)],
  ] as const;
}

const INKS = (slot: number): [Ink, boolean][] => [
  ["ink", false],
  ["ink", true],
  [runInk(slot), false],
];

/**
 * The step is below its parts, as its tip coincides with the tip of the second.
 * @param drawn  which of the kept part, the added part and the step
 */
export const stepMarks = (
  arrows: readonly (readonly [Place, Place])[],
  slot: number,
  scale: number,
  drawn: number[] = [2, 0, 1],
): Mark[] => drawn.flatMap((k) => stepArrow(...arrows[k], scale, ...INKS(slot)[k]));

/** @returns the smallest box around all */
function around(boxes: Box[]): Box {
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const right = Math.max(...boxes.map((box) => box.left + box.width));
  return { left, top, width: right - left, height: Math.max(...boxes.map((box) => box.top + box.height)) - top };
}

/** @returns how much shorter the added part is than the kept one; empty where it is about as long, or longer */
function howShort({ kept, added }: EvidenceOf<"step">): string {
  const times = Math.round(Math.hypot(...kept) / Math.hypot(...added));
  return Number.isFinite(times) && times > 1 ? `${times} × shorter` : "";
}

/**
 * @param isBrief  with the shorter words alone
 * @returns the arrows from (0, 0) on, with words beside each, without the terms of the rule, which explanations name
 */
export function layoutOf(
  of: EvidenceOf<"step">,
  times: number,
  { area, look }: MapDrawing,
  isBrief: boolean,
): StepLayout {
  const { scale } = look;
  const arrows = arrowsOf(waysOf(of, area), [0, 0], times, BESIDE * scale);
  const bare = around(arrows.flatMap((line) => line.map((at) => boxAround(...at, (HEAD / 2) * scale))));
  const space = createOccupancy(grown(bare, ASIDE * scale), 3);
  for (const [from, to] of arrows) {
    space.markSegment(...from, ...to);
    space.markWords(boxAround(...to, HEAD * scale));
  }
  const words = arrows.flatMap(([from, to], k) => {
    const at: Place = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const place = (text: string, most: number) => {
      const spot = space.place(spotsBeside({ at, size: sizeOfWords(look, text, TERM), gap: 7, scale }), most);
      return spot && [{ spot, text }];
    };
    if (!STEP_PARTS[k]) return place(isBrief ? "step" : "the step", Infinity) ?? [];
    if (!k && !Math.hypot(...of.kept)) return place("nothing kept yet", Infinity) ?? [];
    const { whole, short } = STEP_PARTS[k];
    const isNarrow = isBrief || look.box.width < NARROW * scale;
    const isShort = !isBrief && k === 1 && Math.hypot(to[0] - from[0], to[1] - from[1]) < SHORT * HEAD * scale;
    const than = isShort ? howShort(of) : "";
    const withShare = (name: string) => [name, than].filter(Boolean).join(", ");
    return (isNarrow ? null : place(withShare(whole), FREE)) ?? place(withShare(short), Infinity) ?? [];
  });
  return { arrows, words, box: around([bare, ...words.map(({ spot }) => spot.box)]) };
}

/** A layout in the middle of a box. */
export function layoutMarks({ arrows, words, box }: StepLayout, slot: number, scale: number, within: Box): Mark[] {
  const dx = within.left + (within.width - box.width) / 2 - box.left;
  const dy = within.top + (within.height - box.height) / 2 - box.top;
  const moved = arrows.map(([from, to]) => [plus(from, [dx, dy]), plus(to, [dx, dy])] as const);
  return [
    ...stepMarks(moved, slot, scale),
    ...words.flatMap(({ spot, text }) => {
      const leader = spot.leader && (spot.leader.map((value, k) => value + (k % 2 ? dy : dx)) as Line);
      const movedBox = { ...spot.box, left: spot.box.left + dx, top: spot.box.top + dy };
      return labelAt({ box: movedBox, leader }, within, text, TERM);
    }),
  ];
}
