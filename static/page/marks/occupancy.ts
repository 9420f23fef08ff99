/**
 * The space in a picture: what is drawn already, and where words can still stand. Lines and marks are kept in squares
 * of a few pixels, words and what must not touch them as what they are. All words are placed by it, the most wanted
 * first: `place` takes the spot that costs least, counted in squares that are covered.
 */

import { type Box, clippedSegment, overlap } from "../math/box.ts";

/** Pixels of a square, where none are said. */
const SQUARE = 6;
/** What a spot costs for each word that it covers, counted in squares. */
export const COVERED = 100;
/** And for each word that its leader crosses. */
const CROSSED = 20;
/** What it costs to cover a point, or words that give way. */
export const SPARED = 12;
/** Pixels between words side by side: nearer they touch, and would be read as one. */
export const APART = 6;
/** Words stay where they were unless another spot costs so many squares less. */
export const STAYS = 2;

export type Line = [x0: number, y0: number, x1: number, y1: number];

/** Where words may stand. */
export interface Spot {
  box: Box;
  /** by itself, in squares */
  cost: number;
  /** that leads to it */
  leader?: Line;
  /** of it, where the words are turned */
  parts?: Box[];
  /** in a margin, where nothing is drawn but words */
  inMargin?: boolean;
}

export interface Occupancy {
  markPoint: (x: number, y: number) => void;
  markSegment: (...line: Line) => void;
  markBox: (box: Box) => void;
  /** Keeps words off a box, as off other words. @param cost  of that */
  markWords: (box: Box, cost?: number) => void;
  /** Keeps words and leaders off a line. */
  markLine: (line: Line) => void;
  /** Keeps words off those at a spot and off their leader. */
  take: (spot: Spot) => void;
  /** how many squares below a box are taken; outside of the frame all are */
  crowd: (box: Box) => number;
  /**
   * @param spots  in the order of their own cost, but for one where the words stay
   * @param most  what it may cost
   * @returns the one that costs least, which is taken from now on; null: all cost more
   */
  place: <S extends Spot>(spots: Iterable<S>, most?: number) => S | null;
  /** What it costs to stand there. */
  costOf: (spot: Spot) => number;
  /** A copy whose words and lines are not taken here; points, segments and boxes are marked in both. */
  over: () => Occupancy;
}

/** @param square  pixels of a side */
function createSquares(frame: Box, square: number) {
  const columns = Math.ceil(frame.width / square);
  const rows = Math.ceil(frame.height / square);
  const taken = new Uint8Array(columns * rows);
  /** How many squares are taken above and left of each corner; null: to be counted again. */
  let sums: Int32Array | null = null;
  const column = (x: number) => Math.floor((x - frame.left) / square);
  const row = (y: number) => Math.floor((y - frame.top) / square);

  /** @returns the square at a place; -1 outside of the frame */
  function squareAt(x: number, y: number): number {
    const [i, j] = [column(x), row(y)];
    return i < 0 || j < 0 || i >= columns || j >= rows ? -1 : j * columns + i;
  }

  function markPoint(x: number, y: number) {
    const index = squareAt(x, y);
    if (index < 0) return;
    taken[index] = 1;
    sums = null;
  }

  function summed(): Int32Array {
    const made = new Int32Array((columns + 1) * (rows + 1));
    for (let j = 0; j < rows; j++) {
      for (let [i, line] = [0, 0]; i < columns; i++) {
        line += taken[j * columns + i];
        made[(j + 1) * (columns + 1) + i + 1] = made[j * (columns + 1) + i + 1] + line;
      }
    }
    return made;
  }

  return {
    markPoint,
    markSegment(...[x0, y0, x1, y1]: Line) {
      const part = clippedSegment(frame, x0, y0, x1, y1);
      if (!part) return;
      const [dx, dy] = [x1 - x0, y1 - y0];
      const parts = Math.max(1, Math.ceil((Math.hypot(dx, dy) * (part[1] - part[0])) / square));
      for (let k = 0; k <= parts; k++) {
        const t = part[0] + ((part[1] - part[0]) * k) / parts;
        markPoint(x0 + dx * t, y0 + dy * t);
      }
    },
    markBox(box: Box) {
      // Only lines that meet the frame: far outside of it rounding swallows steps of a few pixels, and the loop would
      // not end.
      if (!overlap(box, frame)) return;
      const { left, top, width, height } = box;
      for (let y = top; y <= top + height; y += square) {
        for (let x = left; x <= left + width; x += square) markPoint(x, y);
      }
    },
    crowd(box: Box): number {
      if (!overlap(box, frame)) return columns * rows;
      sums ??= summed();
      const { left, top, width, height } = box;
      const [i0, i1, j0, j1] = [column(left), column(left + width) + 1, row(top), row(top + height) + 1];
      const [a0, a1] = [Math.max(0, i0), Math.min(columns, i1)];
      const [b0, b1] = [Math.max(0, j0), Math.min(rows, j1)];
      const at = (i: number, j: number) => (sums as Int32Array)[j * (columns + 1) + i];
      const within = at(a1, b1) - at(a0, b1) - at(a1, b0) + at(a0, b0);
      return within + (i1 - i0) * (j1 - j0) - (a1 - a0) * (b1 - b0);
    },
    /** @returns how many taken squares a leader crosses, but for those beside its mark */
    along([x0, y0, x1, y1]: Line): number {
      const parts = Math.hypot(x1 - x0, y1 - y0) / square;
      let crossed = 0;
      for (let k = 2; k < parts; k++)
        crossed += taken[squareAt(x0 + ((x1 - x0) * k) / parts, y0 + ((y1 - y0) * k) / parts)] ?? 0;
      return crossed;
    },
  };
}

function areCrossed([ax, ay, bx, by]: Line, [cx, cy, dx, dy]: Line): boolean {
  const side = (px: number, py: number, qx: number, qy: number, x: number, y: number) =>
    Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
  return (
    side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 &&
    side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0
  );
}

const cuts = (box: Box, line: Line) => clippedSegment(box, ...line) !== null;

/** Words, and what it costs to cover them. */
type TakenBox = Box & { cost: number };

function spaceOn(squares: ReturnType<typeof createSquares>, words: TakenBox[], lines: Line[]): Occupancy {
  /** The cost of a spot; once it is above `most` it is not counted on. */
  function costOf(spot: Spot, most: number = Infinity): number {
    let sum = spot.cost;
    for (const part of spot.parts ?? [spot.box]) {
      if (!spot.inMargin) sum += squares.crowd(part);
      for (let k = 0; k < words.length && sum < most; k++) if (overlap(words[k], part)) sum += words[k].cost;
      for (let k = 0; k < lines.length && sum < most; k++) if (cuts(part, lines[k])) sum += COVERED;
    }
    const leader = sum < most ? spot.leader : undefined;
    if (!leader) return sum;
    sum += squares.along(leader);
    for (const other of words) if (cuts(other, leader)) sum += CROSSED;
    for (const line of lines) if (areCrossed(line, leader)) sum += CROSSED;
    return sum;
  }

  const markWords = (box: Box, cost: number = COVERED) => words.push({ ...box, cost });
  const markLine = (line: Line) => lines.push(line);

  function take({ box, parts = [box], leader }: Spot) {
    for (const part of parts) markWords({ ...part, left: part.left - APART, width: part.width + 2 * APART });
    if (leader) markLine(leader);
  }

  function place<S extends Spot>(spots: Iterable<S>, most: number = Infinity): S | null {
    let [best, least] = [null as S | null, most];
    for (const spot of spots) {
      if (spot.cost - STAYS >= least) break;
      const cost = costOf(spot, least);
      if (cost < least) [best, least] = [spot, cost];
    }
    if (best) take(best);
    return best;
  }

  return {
    ...squares,
    markWords,
    markLine,
    take,
    place,
    costOf,
    over: () => spaceOn(squares, [...words], [...lines]),
  };
}

/** @param square  pixels of a side */
export const createOccupancy = (frame: Box, square: number = SQUARE): Occupancy =>
  spaceOn(createSquares(frame, square), [], []);
