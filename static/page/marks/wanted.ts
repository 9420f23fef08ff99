/** Words that are wanted in a picture, placed all at once in the room that is free, the most wanted first. */
import { type Box, overlap } from "../math/box.ts";
import type { Mark } from "./mark.ts";
import type { Line, Occupancy, Spot } from "./occupancy.ts";

export interface WantedWords {
  kind: "wanted";
  /** where they may stand, in the order of what that costs by itself */
  spots: Iterable<Spot>;
  /** as they look at one of them */
  marks: (spot: Spot) => Mark[];
  /** left out where more wanted words stand; others cover what they must */
  givesWay: boolean;
}

export const wanted = (spots: Iterable<Spot>, marks: WantedWords["marks"], givesWay: boolean = false): WantedWords => ({
  kind: "wanted",
  spots,
  marks,
  givesWay,
});

/** What words are to keep off; of a line their leaders, too. */
export type Obstacle = Box | Line;

/**
 * @param room  takes all of it up
 * @param words  the most wanted first
 * @returns where each of them stands, but for those that are left out
 */
export function placeWords(room: Occupancy, taken: Obstacle[], words: WantedWords[]): Map<WantedWords, Spot> {
  for (const one of taken) Array.isArray(one) ? room.markLine(one) : room.markWords(one as Box);
  const placed: Map<WantedWords, Spot> = new Map();
  for (const one of words) {
    const [given] = one.givesWay ? one.spots : [];
    const spot =
      given && [...placed.values()].some(({ box }) => overlap(box, given.box)) ? null : room.place(one.spots);
    if (spot) placed.set(one, spot);
  }
  return placed;
}
