/** Where something is already drawn, in squares of a few pixels, so that words can keep off it. */

import { type Box, clippedSegment, overlap } from "../math/box.ts";

/** Pixels of a square, where none are said. */
const SQUARE = 6;
/** What words count as, so that others would rather cover any line: squares for each of theirs. */
export const WORDS = 20;

export interface Occupancy {
  markPoint: (x: number, y: number) => void;
  markSegment: (x0: number, y0: number, x1: number, y1: number) => void;
  /** each: squares that one of its own counts as */
  markBox: (box: Box, each?: number) => void;
  /** squares taken under a box; outside of the map all are */
  crowd: (box: Box) => number;
  /** The first of some boxes for words that cover least; no other words are to cover it. */
  take: (boxes: Box[]) => Box;
}

/** @param square  pixels of a side */
export function createOccupancy(scales: Box, square: number = SQUARE): Occupancy {
  const columns = Math.ceil(scales.width / square);
  const rows = Math.ceil(scales.height / square);
  const taken = new Uint8Array(columns * rows);
  /** Squares taken above and left of each corner; null: some have been taken since. */
  let sums: Int32Array | null = null;
  const column = (x: number) => Math.floor((x - scales.left) / square);
  const row = (y: number) => Math.floor((y - scales.top) / square);

  function markPoint(x: number, y: number, each: number = 1) {
    const [i, j] = [column(x), row(y)];
    if (i < 0 || j < 0 || i >= columns || j >= rows) return;
    taken[j * columns + i] = Math.max(taken[j * columns + i], each);
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

  function markBox(box: Box, each?: number) {
    // Far beyond the scales a step of a few pixels is lost in rounding, and would be taken for ever.
    if (!overlap(box, scales)) return;
    const { left, top, width, height } = box;
    for (let y = top; y <= top + height; y += square) {
      for (let x = left; x <= left + width; x += square) markPoint(x, y, each);
    }
  }

  function crowd(box: Box): number {
    if (!overlap(box, scales)) return columns * rows;
    sums ??= summed();
    const { left, top, width, height } = box;
    const [i0, i1, j0, j1] = [column(left), column(left + width) + 1, row(top), row(top + height) + 1];
    const [a0, a1] = [Math.max(0, i0), Math.min(columns, i1)];
    const [b0, b1] = [Math.max(0, j0), Math.min(rows, j1)];
    const at = (i: number, j: number) => (sums as Int32Array)[j * (columns + 1) + i];
    const within = at(a1, b1) - at(a0, b1) - at(a1, b0) + at(a0, b0);
    return within + (i1 - i0) * (j1 - j0) - (a1 - a0) * (b1 - b0);
  }

  return {
    markPoint,
    markSegment(x0, y0, x1, y1) {
      const part = clippedSegment(scales, x0, y0, x1, y1);
      if (!part) return;
      const [dx, dy] = [x1 - x0, y1 - y0];
      const parts = Math.max(1, Math.ceil((Math.hypot(dx, dy) * (part[1] - part[0])) / square));
      for (let k = 0; k <= parts; k++) {
        const t = part[0] + ((part[1] - part[0]) * k) / parts;
        markPoint(x0 + dx * t, y0 + dy * t);
      }
    },
    markBox,
    crowd,
    take(boxes) {
      const crowds = boxes.map(crowd);
      const best = boxes[crowds.indexOf(Math.min(...crowds))];
      markBox(best, WORDS);
      return best;
    },
  };
}
