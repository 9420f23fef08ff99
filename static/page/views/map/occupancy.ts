/** Where something is already drawn, in squares of a few pixels, so that words can keep off it. */
import type { Box } from "../../math/box.ts";

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
  const column = (x: number) => Math.floor((x - frame.left) / CELL);
  const row = (y: number) => Math.floor((y - frame.top) / CELL);

  function markPoint(x: number, y: number) {
    const [i, j] = [column(x), row(y)];
    if (i >= 0 && j >= 0 && i < columns && j < rows) taken[j * columns + i] = 1;
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
      const { left, top, width, height } = box;
      let count = 0;
      for (let j = row(top); j <= row(top + height); j++) {
        for (let i = column(left); i <= column(left + width); i++) {
          count += i < 0 || j < 0 || i >= columns || j >= rows ? 1 : taken[j * columns + i];
        }
      }
      return count;
    },
  };
}
