/** Words in a row along an edge, each of a place on it: in the order of the places, so that no two leaders cross. */

import type { Box } from "../math/box.ts";
import type { Spot } from "./occupancy.ts";

/** Nominal pixels between words beside each other, between words below each other, and that a leader goes in. */
const [BESIDE, BELOW, LED] = [10, 2, 14];

/** along: of the place, from the left or from the top; in pixels, as the size */
type WordsOnEdge = { along: number; size: readonly [width: number, height: number] };

/**
 * @param places  of the middles of words, along an edge
 * @param gap  the least distance from one to the next
 * @returns where they stand: in the same order, as near to their places, to either side, as keeps them from overlapping
 */
export function inRow(places: number[], gap: number, from: number, to: number): number[] {
  const order = [...places.keys()].sort((a, b) => places[a] - places[b]);
  // Words that would overlap are a block, whose middle is the mean of their places.
  const blocks: { first: number; length: number; sum: number }[] = [];
  for (const [k, at] of order.entries()) {
    let block = { first: places[at] - k * gap, length: 1, sum: places[at] - k * gap };
    for (let last = blocks.at(-1); last && last.first > block.first; last = blocks.at(-1)) {
      const [length, sum] = [last.length + block.length, last.sum + block.sum];
      block = { first: sum / length, length, sum };
      blocks.pop();
    }
    blocks.push(block);
  }
  const firsts = blocks.flatMap(({ first, length }) => Array<number>(length).fill(first));
  const most = to - (places.length - 1) * gap;
  const moved = [...places];
  for (const [k, at] of order.entries()) moved[at] = Math.min(Math.max(firsts[k], from), most) + k * gap;
  return moved;
}

/**
 * @param edge  the lower one, or the left one
 * @param inset  pixels from it to the row
 * @param scale  of a nominal pixel
 * @returns the spot of each, with a leader where it stands elsewhere than before its place
 */
export function spotsInRow(
  words: WordsOnEdge[],
  edge: "lower" | "left",
  frame: Box,
  { inset, scale }: { inset: number; scale: number },
): Spot[] {
  const axis = edge === "lower" ? 0 : 1;
  const [begin, length] = axis ? [frame.top, frame.height] : [frame.left, frame.width];
  const longest = Math.max(...words.map(({ size }) => size[axis]));
  const leastDistance = longest + (axis ? BELOW : BESIDE) * scale;
  const places = words.map(({ along }) => along);
  const middles = inRow(places, leastDistance, begin + longest / 2, begin + length - longest / 2);
  return words.map(({ along, size: [width, height] }, k) => {
    const middle = middles[k];
    const box = axis
      ? { left: frame.left + inset, top: middle - height / 2, width, height }
      : { left: middle - width / 2, top: frame.top + frame.height - inset - height, width, height };
    const spot: Spot = { box, cost: 0 };
    if (Math.abs(middle - along) < 1) return spot;
    const near = axis ? box.left + width : box.top;
    const off = axis ? near + LED * scale : near - LED * scale;
    return { ...spot, leader: axis ? [off, along, near, middle] : [along, off, middle, near] };
  });
}
