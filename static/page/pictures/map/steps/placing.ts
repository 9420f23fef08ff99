/** Where enlarged steps stand: all at one scale, over ground that is free, and near to where the steps begin. */

import type { Place } from "../../../marks/mark.ts";
import { createOccupancy, type Line, type Occupancy, type Spot } from "../../../marks/occupancy.ts";
import { screenX, screenY } from "../../../marks/scales.ts";
import { leaderTo } from "../../../marks/spots.ts";
import {
  type Box,
  boxAround,
  clippedSegment,
  isInside,
  liesWithin,
  overlap,
  type Size,
  withMargin,
} from "../../../math/box.ts";
import type { ContourLabel } from "../ground/relief.ts";
import { startBox } from "../ground/start.ts";
import type { MapLayout, StillMap } from "../moment.ts";
import { markRoute } from "../paths/trace.ts";
import { LABEL_TYPE, type MapLook, sizeOfWords, withoutNumbers } from "../style.ts";
import type { StepOnMap } from "./enlarged.ts";
import { areaFor, FROM_EDGE, type Inset, RING, sizeOfInset } from "./inset.ts";

/** The cost of covering what must be visible, in squares, and the most that one inset and that several may cost. */
const [HIDDEN, DEAREST, DEAREST_TOGETHER] = [2000, 900, 250];
/** The cost of covering words of a minimum, which leave its letter. */
const TO_LETTER = 40;
/** The cost of taking the room for the name of an outline: it would stand over runs. */
const TO_NAME = 150;
/** Shares of that area, and their costs: a smaller box is preferred to one that covers much of a run. */
const SHARES = [
  [1, 0],
  [0.75, 46],
  [0.5, 64],
];
/** The cost of a box with the shorter words alone. */
const BRIEF = 36;
/** The cost of a nominal pixel of distance to the step, of a square of a run, and of one that the leader crosses. */
const [A_PIXEL, OVER, ACROSS_RUN] = [0.1, 30, 16];
/** Pixels from a box to a run, and from one place of a leader to the next at which it may cross a run. */
const [CLEAR, ALONG] = [6, 6];
/** Pixels between two insets, and the cost of a leader that crosses another inset. */
const [APART, THROUGH] = [3, 20];
/** Scales at which the arrows may be drawn, relative to the map. */
const TIMES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10, 15, 20];
/** A step that is shorter in its inset, in nominal pixels, has none. */
const SHORTEST = 16;
/** Of a declared step: its least length in nominal pixels, and the share of the map's height that is enough. */
const [LEAST, ENOUGH] = [52, 0.12];

/** @returns the largest scale at which the parts, without their words, fit in an area */
const timesFor = ({ reach }: StepOnMap, { width, height }: Size): number =>
  TIMES.findLast((times) => times * reach.width <= width && times * reach.height <= height) ?? TIMES[0];

/** What is drawn on the ground: all of it but the numbers of contours, the routes alone, and these numbers. */
type Obstacles = { all: Occupancy; routes: Occupancy; numbers: ContourLabel[] };

/** What a leader costs: by its length, and by what it crosses of runs beyond the ring that it sets off from. */
function leaderCost([x0, y0, x1, y1]: Line, scale: number, routes: Occupancy): number {
  const length = Math.hypot(x1 - x0, y1 - y0);
  let crossed = 0;
  for (let along = 2 * RING * scale; along < length; along += ALONG) {
    const share = along / length;
    crossed += routes.crowd({ left: x0 + share * (x1 - x0), top: y0 + share * (y1 - y0), width: 0, height: 0 });
  }
  return (A_PIXEL / scale) * length + ACROSS_RUN * crossed;
}

/** Whether a box covers a part of a number: the rest would read as another. */
const cutsNumber = (box: Box, numbers: ContourLabel[]) =>
  numbers.some(
    ({ parts }) => parts.some((part) => overlap(part, box)) && !parts.every((part) => liesWithin(part, box)),
  );

/** Spots over the whole ground for a box, the cheapest first. @param cost  of its size */
function spotsFor([x, y]: Place, size: Size, cost: number, look: MapLook, ground: Obstacles): Spot[] {
  const { all, routes, numbers } = ground;
  const { scale } = look;
  const [step, edge] = [10 * scale, FROM_EDGE * scale];
  const box = withoutNumbers(look);
  const spots: Spot[] = [];
  for (let top = box.top + edge; top + size.height <= box.top + box.height - edge; top += step)
    for (let left = box.left + edge; left + size.width <= box.left + box.width - edge; left += step) {
      const at = { left, top, ...size };
      if (isInside(at, x, y, 2 * RING * scale) || cutsNumber(at, numbers)) continue;
      const leader = leaderTo([x, y], at, 0);
      spots.push({
        box: at,
        leader,
        cost: all.costOf({
          box: at,
          cost: cost + leaderCost(leader, scale, routes) + OVER * routes.crowd(withMargin(at, CLEAR)),
        }),
      });
    }
  return spots.sort((spot, other) => spot.cost - other.cost);
}

const crosses = (spot: Spot, other: Spot) => spot.leader && clippedSegment(other.box, ...spot.leader) !== null;

/** The cost of two insets beside each other. */
const costBeside = (spot: Spot, other: Spot) =>
  overlap(withMargin(spot.box, APART), other.box)
    ? Infinity
    : crosses(spot, other) || crosses(other, spot)
      ? THROUGH
      : 0;

/** The outlines that the sentence speaks of, and the room for the name of each below it. */
const outlinesOf = ({ scene, area, look }: StillMap): { places: Place[]; name: Box }[] =>
  scene.shownEvidence.flatMap((item) => {
    if (item.kind !== "line" || item.shape !== "outline") return [];
    const places = item.points.map(([x, y]): Place => [screenX(area, x), screenY(area, y)]);
    const [x, y] = places.reduce((lowest, place) => (place[1] > lowest[1] ? place : lowest));
    const [width, height] = sizeOfWords(look, item.text, LABEL_TYPE);
    return [{ places, name: { left: x - width / 2, top: y, width, height: height + CLEAR * look.scale } }];
  });

type Together = { spots: Spot[]; cost: number };

/** @returns one spot for each inset, at the lowest cost together, below `most`; null: there are none */
function together([spots, ...others]: Spot[][], most: number, chosen: Together): Together | null {
  if (!spots) return chosen;
  const leastOfOthers = others.reduce((sum, [first]) => sum + (first?.cost ?? Infinity), 0);
  let [best, least] = [null as Together | null, most];
  for (const spot of spots) {
    if (chosen.cost + spot.cost + leastOfOthers >= least) break;
    const cost = chosen.spots.reduce((sum, chosenSpot) => sum + costBeside(chosenSpot, spot), chosen.cost + spot.cost);
    const arrangement =
      cost + leastOfOthers < least && together(others, least, { spots: [...chosen.spots, spot], cost });
    if (arrangement) [best, least] = [arrangement, arrangement.cost];
  }
  return best;
}

/** @returns the insets in their boxes, with the largest scale that fits all of them; null: one does not fit */
function atOneScale(insets: Inset[], layout: MapLayout): Inset[] | null {
  function fits(inset: Inset, times: number) {
    const size = sizeOfInset(inset, { ...inset, times }, layout);
    // One at another row may come up to the edge.
    const within = withMargin(inset.box, FROM_EDGE * layout.look.scale);
    return size.width <= within.width && size.height <= within.height;
  }
  const most = Math.min(...insets.map(({ times }) => times));
  const times = [...TIMES, most].findLast((scale) => scale <= most && insets.every((inset) => fits(inset, scale)));
  return times === undefined ? null : insets.map((inset) => ({ ...inset, times }));
}

/** Whether a step is long enough for its parts to be seen. */
const isSeen = ({ longest, times }: Inset, { scale }: MapLook) => times * longest >= SHORTEST * scale;

/** Whether the longest of some steps is as long as it must be, or as the scale allows. */
const areLong = (steps: StepOnMap[], times: number, most: number, { scale, box }: MapLook) =>
  times >= Math.min(most, TIMES.at(-1) as number) ||
  Math.max(...steps.map(({ longest }) => times * longest)) >= Math.min(LEAST * scale, ENOUGH * box.height);

/**
 * @param most  the largest scale
 * @returns insets where most ground is free; where not all fit, the last that does; none over too much of a run
 */
export function placeInsets(steps: StepOnMap[], stillMap: StillMap, most: number = Infinity): Inset[] {
  const { look, space, labels, minimumLabels, edgeBoxes, traces } = stillMap;
  const ground = { all: space.over(), routes: createOccupancy(look.box), numbers: labels };
  for (const trace of traces) markRoute(ground.routes, trace);
  const keepOff = (box: Box, cost = HIDDEN) => ground.all.markWords(box, cost);
  for (const { at } of steps) keepOff(boxAround(...at, 2 * RING * look.scale));
  // A box covers an outline as little as a run.
  for (const { places, name } of outlinesOf(stillMap)) {
    for (const [k, place] of places.entries()) ground.routes.markSegment(...(places.at(k - 1) as Place), ...place);
    keepOff(name, TO_NAME);
  }
  const start = startBox(stillMap);
  for (const box of start ? [...edgeBoxes, start] : edgeBoxes) keepOff(box);
  for (const { x, y, box, letters } of minimumLabels) {
    keepOff(boxAround(x, y, RING * look.scale));
    keepOff(box, letters.length ? TO_LETTER : HIDDEN);
    for (const letter of letters.slice(0, 1)) keepOff(letter.box);
  }
  for (const enlarged of [steps, ...steps.map((step) => [step]).reverse()]) {
    if (!enlarged.length) break;
    let [placed, least] = [null as Inset[] | null, enlarged.length > 1 ? DEAREST_TOGETHER : DEAREST];
    for (const [share, ofShare] of SHARES) {
      const area = areaFor(look, share);
      const times = Math.min(most, ...enlarged.map((step) => timesFor(step, area)));
      if (!areLong(enlarged, times, most, look)) continue;
      for (const isBrief of [false, true]) {
        const enlarging = { times, area, isBrief };
        const cost = ofShare + (isBrief ? BRIEF : 0);
        const sizeFor = (step: StepOnMap) => sizeOfInset(step, enlarging, stillMap);
        const spots = enlarged.map((step) => spotsFor(step.at, sizeFor(step), cost, look, ground));
        const arrangement = together(spots, least, { spots: [], cost: 0 });
        if (!arrangement) continue;
        least = arrangement.cost;
        placed = arrangement.spots.map(({ box }, k) => ({ ...enlarged[k], ...enlarging, box }));
      }
    }
    if (placed) return placed;
  }
  return [];
}

/**
 * @param steps  at a row
 * @param declared  the insets of the declared ones
 * @returns their insets: in those places and at that scale, or elsewhere where they would hide one of the steps
 */
export function insetsAgain(steps: StepOnMap[], declared: Inset[], stillMap: StillMap): Inset[] {
  const current = declared.flatMap((inset): Inset[] => {
    const step = steps.find((candidate) => candidate.declared === inset.declared);
    return step ? [{ ...inset, ...step }] : [];
  });
  const hides = ({ box }: Inset) => current.some(({ at }) => isInside(box, ...at, 2 * RING * stillMap.look.scale));
  const most = Math.min(...declared.map(({ times }) => times));
  const placed = (!current.some(hides) && atOneScale(current, stillMap)) || placeInsets(steps, stillMap, most);
  return placed.filter((inset) => isSeen(inset, stillMap.look));
}
