/** Where something is already drawn, in squares of a few pixels, so that words can keep off it. */

import type { Box } from "../../math/box.ts";
import type { Trace } from "./trace.ts";
import { clippedSegment } from "./trace.ts";

const CELL = 6;

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

export interface Occupancy {
  markPoint: (x: number, y: number) => void;
  markSegment: (x0: number, y0: number, x1: number, y1: number) => void;
  markBox: (box: Box) => void;
  /** squares taken under a box; outside of the map all are */
  crowd: (box: Box) => number;
}

export function createOccupancy(frame: Box): Occupancy {
  const columns = Math.ceil(frame.width / CELL);
  const rows = Math.ceil(frame.height / CELL);
  const taken = new Uint8Array(columns * rows);
  /** Squares taken above and left of each corner; null: some have been taken since. */
  let sums: Int32Array | null = null;
  const column = (x: number) => Math.floor((x - frame.left) / CELL);
  const row = (y: number) => Math.floor((y - frame.top) / CELL);

  function markPoint(x: number, y: number) {
    const [i, j] = [column(x), row(y)];
    if (i < 0 || j < 0 || i >= columns || j >= rows) return;
    taken[j * columns + i] = 1;
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
    markSegment(x0, y0, x1, y1) {
      const parts = Math.min(400, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / CELL));
      for (let k = 0; k <= parts; k++) {
        const t = parts ? k / parts : 0;
        markPoint(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t);
      }
    },
    markBox(box) {
      // Far beyond the frame a step of a few pixels is lost in rounding, and would be taken for ever.
      if (!overlap(box, frame)) return;
      const { left, top, width, height } = box;
      for (let y = top; y <= top + height; y += CELL) {
        for (let x = left; x <= left + width; x += CELL) markPoint(x, y);
      }
    },
    crowd(box) {
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
  };
}

/** Takes up all that a run has walked or will. */
export function markRoute(occupancy: Occupancy, { xs, ys, within, length }: Trace, box: Box) {
  for (let k = 1; k < length; k++) {
    const part = within[k] || within[k - 1] ? clippedSegment(box, xs[k - 1], ys[k - 1], xs[k], ys[k]) : null;
    if (!part) continue;
    const [x, y, dx, dy] = [xs[k - 1], ys[k - 1], xs[k] - xs[k - 1], ys[k] - ys[k - 1]];
    occupancy.markSegment(x + dx * part[0], y + dy * part[0], x + dx * part[1], y + dy * part[1]);
  }
}
