/** The spots for words beside a mark: close to it, or further off and led to by a line. */

import type { Box } from "../math/box.ts";
import type { Place } from "./mark.ts";
import { type Line, type Spot, STAYS } from "./occupancy.ts";

/** Close: side (-1, 0, 1) across and down, the best first. */
const CLOSE = [
  [1, 0.55],
  [1, -0.55],
  [-1, 0.55],
  [-1, -0.55],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
];
/** Nominal pixels from the mark to words that are led to, and in how many directions these may lie. */
const AWAY = [20, 30, 42, 56, 72, 90, 115, 150];
const WAYS = 24;
/** What a spot costs, in squares that are taken: for being led to, for each pixel of it, for each spot before it. */
const LED = 0.5;
const A_PIXEL = 0.04;
const LATER = 0.02;
/** Nominal pixels that a leader begins nearer to the mark than words do. */
const NEARER = 3;

/** index: which of those around a mark it is */
export type SpotBeside = Spot & { index: number };

/** Words of a size beside a mark; gap: in nominal pixels, from its middle. */
interface WordsBeside {
  at: Place;
  size: readonly [width: number, height: number];
  gap: number;
  scale: number;
  /** index of the spot where they stood */
  stays?: number;
  /** only close to it */
  close?: boolean;
}

/** @returns the line from a mark to the nearest point of a box, from the mark's rim on */
export function leaderTo([x, y]: Place, { left, top, width, height }: Box, rim: number): Line {
  const [tx, ty] = [Math.min(Math.max(x, left), left + width), Math.min(Math.max(y, top), top + height)];
  const length = Math.hypot(tx - x, ty - y) || 1;
  return [x + ((tx - x) * rim) / length, y + ((ty - y) * rim) / length, tx, ty];
}

/** A spot whose leader is worked out only when it is read; so a copy by `...` has none. */
class LedSpot implements SpotBeside {
  box: Box;
  cost: number;
  index: number;
  at: Place;
  rim: number;

  constructor({ box, cost, index }: SpotBeside, at: Place, rim: number) {
    this.box = box;
    this.cost = cost;
    this.index = index;
    this.at = at;
    this.rim = rim;
  }

  get leader(): Line {
    return leaderTo(this.at, this.box, this.rim);
  }
}

/** All of them, the best first. */
export function* spotsBeside({ at, size, gap, scale, stays, close }: WordsBeside): Generator<SpotBeside> {
  const [[x, y], [width, height]] = [at, size];
  const scaledGap = gap * scale;
  let index = 0;
  const spot = (left: number, top: number, cost: number): SpotBeside => ({
    box: { left, top, width, height },
    cost: index === stays ? cost - STAYS : cost,
    index: index++,
  });
  for (const [across, down] of CLOSE) {
    const left = across > 0 ? x + scaledGap : across < 0 ? x - scaledGap - width : x - width / 2;
    const top = down === 1 ? y + scaledGap : down === -1 ? y - scaledGap - height : y + down * height - height / 2;
    yield spot(left, top, LATER * index);
  }
  for (const [ring, distance] of close ? [] : AWAY.entries()) {
    for (let k = 0; k < WAYS; k++) {
      const angle = (2 * Math.PI * (k + (ring % 2) / 2)) / WAYS;
      const [cx, cy] = [
        x + Math.cos(angle) * (distance * scale + width / 2),
        y + Math.sin(angle) * (distance * scale + height / 2),
      ];
      const ringSpot = spot(cx - width / 2, cy - height / 2, LED + A_PIXEL * distance);
      yield new LedSpot(ringSpot, at, (gap - NEARER) * scale);
    }
  }
}
