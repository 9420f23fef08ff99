/** Where something is already drawn, in squares of a few pixels, so that words can keep off it. */

/** @typedef {import("./view.js").Box} Box */

const CELL = 6;

/** @param {Box} a @param {Box} b @returns {boolean} */
export function overlap(a, b) {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

/**
 * @typedef {object} Occupancy
 * @property {(x: number, y: number) => void} markPoint
 * @property {(x0: number, y0: number, x1: number, y1: number) => void} markSegment
 * @property {(box: Box) => void} markBox
 * @property {(box: Box) => number} crowd  squares taken under a box; outside of the map all are
 */

/** @param {Box} frame @returns {Occupancy} */
export function createOccupancy(frame) {
  const columns = Math.ceil(frame.width / CELL);
  const rows = Math.ceil(frame.height / CELL);
  const taken = new Uint8Array(columns * rows);
  const column = (/** @type {number} */ x) => Math.floor((x - frame.left) / CELL);
  const row = (/** @type {number} */ y) => Math.floor((y - frame.top) / CELL);

  /** @param {number} x @param {number} y */
  function markPoint(x, y) {
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
