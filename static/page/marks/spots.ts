/** Where words may stand beside a mark: close to it, or further off with a line that leads there. */

import type { Box } from "../math/box.ts";

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
/** Pixels from the mark to words that are led to, and how many ways they may lie. */
const AWAY = [20, 30, 42, 56, 72, 90, 115, 150];
const WAYS = 24;
/** What a place costs, in squares that are taken: for being led to, for each pixel of it, for each place before it. */
const LED = 0.5;
const A_PIXEL = 0.02;
const LATER = 0.02;
/** Words stay where they were unless so many squares more are free elsewhere. */
export const STAYS = 2;

export type Spot = { index: number; box: Box; led: boolean };

/** Words of a size beside a mark; gap: from its centre. */
export type WordsBeside = { x: number; y: number; size: [number, number]; gap: number; scale: number };

function closeBox({ x, y, size: [width, height], gap }: WordsBeside, [across, down]: number[]): Box {
  const left = across > 0 ? x + gap : across < 0 ? x - gap - width : x - width / 2;
  const top = down === 1 ? y + gap : down === -1 ? y - gap - height : y + down * height - height / 2;
  return { left, top, width, height };
}

function awayBox({ x, y, size: [width, height] }: WordsBeside, away: number, angle: number): Box {
  const left = x + Math.cos(angle) * (away + width / 2) - width / 2;
  return { left, top: y + Math.sin(angle) * (away + height / 2) - height / 2, width, height };
}

/** All of them, the best first, with what each costs by itself. */
function* spotsAround(words: WordsBeside): Generator<Spot & { own: number }> {
  for (const [index, side] of CLOSE.entries())
    yield { index, led: false, own: LATER * index, box: closeBox(words, side) };
  for (const [ring, away] of AWAY.entries()) {
    for (let k = 0; k < WAYS; k++) {
      const box = awayBox(words, away * words.scale, (2 * Math.PI * (k + (ring % 2) / 2)) / WAYS);
      yield { index: CLOSE.length + ring * WAYS + k, led: true, own: LED + A_PIXEL * away, box };
    }
  }
}

/** @param cost  of words in a box, in squares that are taken; no matter how much where that is more than `most` */
export function bestSpot(words: WordsBeside, cost: (spot: Spot, most: number) => number): Spot {
  let [best, least] = [null as Spot | null, Infinity];
  for (const spot of spotsAround(words)) {
    if (spot.own - STAYS >= least) break;
    const whole = spot.own + cost(spot, least - spot.own);
    if (whole < least || !best) [best, least] = [spot, whole];
  }
  return best as Spot;
}

/** The line from a mark to the nearest point of a box, from the mark's rim on. */
export function leader(
  x: number,
  y: number,
  { left, top, width, height }: Box,
  gap: number,
): [number, number, number, number] {
  const [tx, ty] = [Math.min(Math.max(x, left), left + width), Math.min(Math.max(y, top), top + height)];
  const length = Math.hypot(tx - x, ty - y) || 1;
  return [x + ((tx - x) * gap) / length, y + ((ty - y) * gap) / length, tx, ty];
}
