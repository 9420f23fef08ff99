/** Places all words of a picture at once, the most wanted first. */
import { type Box, overlap } from "../math/box.ts";
import type { Mark } from "./mark.ts";
import { APART, type Line, type Occupancy, type Spot } from "./occupancy.ts";

export interface WantedWords {
  kind: "wanted";
  /** where they may stand, in the order of what that costs by itself */
  spots: Iterable<Spot>;
  /** the marks of the words at one of the spots */
  marks: (spot: Spot) => Mark[];
  /**
   * they stand at the first spot that touches no other words, else at the first without others, or are left out; words
   * that do not give way may cover others
   */
  givesWay: boolean;
  /** they are left out if all spots cost so much */
  most?: number;
}

export const wantedWords = (
  spots: Iterable<Spot>,
  marks: WantedWords["marks"],
  givesWay: boolean = false,
): WantedWords => ({
  kind: "wanted",
  spots,
  marks,
  givesWay,
});

const touch = (box: Box, other: Box) =>
  overlap({ ...box, left: box.left - APART, width: box.width + 2 * APART }, other);

/** The first spot that touches no other words, else the first without others. */
function freeSpots(spots: Iterable<Spot>, others: Spot[]): Spot[] {
  const uncovered = [...spots].filter((spot) => !others.some(({ box }) => overlap(box, spot.box)));
  const untouched = uncovered.find((spot) => !others.some(({ box }) => touch(box, spot.box)));
  return untouched ? [untouched] : uncovered.slice(0, 1);
}

/** What words keep off; leaders keep off lines. */
export type Obstacle = Box | Line;

/**
 * @param space  takes all of it up
 * @param words  the most wanted first
 * @returns where each of them stands, but for those that are left out
 */
export function placeWords(space: Occupancy, taken: Obstacle[], words: WantedWords[]): Map<WantedWords, Spot> {
  for (const obstacle of taken) Array.isArray(obstacle) ? space.markLine(obstacle) : space.markWords(obstacle as Box);
  const placed: Map<WantedWords, Spot> = new Map();
  for (const label of words) {
    const spots = label.givesWay ? freeSpots(label.spots, [...placed.values()]) : label.spots;
    const spot = space.place(spots, label.most);
    if (spot) placed.set(label, spot);
  }
  return placed;
}
