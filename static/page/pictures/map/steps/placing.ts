/**
 * Where enlarged steps stand: each at an edge of the map, where most ground is free of paths and words, for as long as
 * these stay where they are.
 */

import type { Place } from "../../../marks/mark.ts";
import { COVERED, type Spot } from "../../../marks/occupancy.ts";
import { leaderTo } from "../../../marks/spots.ts";
import { type Box, liesWithin, overlap, type Size, withMargin } from "../../../math/box.ts";
import type { EnlargedStep } from "../../../state/types.ts";
import type { ContourLabel } from "../ground/relief.ts";
import type { StillMap } from "../moment.ts";
import { type MapLook, withoutNumbers } from "../style.ts";
import type { StepOnMap } from "./enlarged.ts";
import { RING, sizeOfInset } from "./inset.ts";

/** Shares of the way along an edge, and the places along all four: shares of the way to the right and down. */
const ALONG = Array.from({ length: 9 }, (_, k) => k / 8);
const PLACES = ALONG.flatMap((share) => [
  [share, 0],
  [share, 1],
  [0, share],
  [1, share],
]);
/** Nominal pixels to the edge of the map. */
const FROM_EDGE = 8;
/** The cost of a nominal pixel of distance to the step, in squares: less than that of a path which is covered. */
const A_PIXEL = 0.02;
/** Nominal pixels from the step to where its leader counts: outside of the square around its ring. */
const BESIDE_RING = 1.5 * RING;
/** The share of the map that a box takes at most. */
const MOST = 1 / 6;

const spotsFor = ([x, y]: Place, { width, height }: Size, look: MapLook): Spot[] => {
  const frame = withMargin(withoutNumbers(look), -FROM_EDGE * look.scale);
  const spots = PLACES.map(([across, down]): Spot => {
    const [left, top] = [frame.left + across * (frame.width - width), frame.top + down * (frame.height - height)];
    const box = { left, top, width, height };
    const leader = leaderTo([x, y], box, BESIDE_RING * look.scale);
    const length = Math.hypot(leader[2] - leader[0], leader[3] - leader[1]);
    return { box, leader, cost: (A_PIXEL * length) / look.scale };
  });
  return spots.sort((spot, other) => spot.cost - other.cost);
};

/** Whether a box covers a part of a number: the rest would read as another. */
const cutsNumber = (box: Box, numbers: ContourLabel[]) =>
  numbers.some(
    ({ parts }) => parts.some((part) => overlap(part, box)) && !parts.every((part) => liesWithin(part, box)),
  );

/** @returns the box of each, where it has room: that of the last first, as the sentence is about it */
export function boxesFor(steps: StepOnMap[], stillMap: StillMap): Map<EnlargedStep, Box> {
  const { look, labels } = stillMap;
  const space = stillMap.space.over();
  const placed = steps.toReversed().flatMap((step): [EnlargedStep, Box][] => {
    const size = sizeOfInset(step, stillMap);
    if (!step.most || size.width * size.height > MOST * look.box.width * look.box.height) return [];
    const spots = spotsFor(step.at, size, look).filter(({ box }) => !cutsNumber(box, labels));
    const spot = space.place(spots, COVERED);
    return spot ? [[step.declared, spot.box]] : [];
  });
  return new Map(placed);
}
