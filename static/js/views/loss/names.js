/** Where the name of a run stands beside the end of its line: where it covers the fewest lines and no other name. */

/** @typedef {import("./curves.js").Box} Box */
/** @typedef {{x: number, y: number, width: number}} Label  x of its left edge, y of its middle */

const CELL = 6;
const GAP = 9;

/**
 * Which parts of a chart are taken, on a coarse grid.
 * @param {number} width
 * @param {number} height
 */
export function createCover(width, height) {
  const columns = Math.ceil(width / CELL) + 1;
  const rows = Math.ceil(height / CELL) + 1;
  const taken = new Uint16Array(columns * rows);

  /** @param {number} x0 @param {number} x1 @param {number} y0 @param {number} y1 @param {(cell: number) => void} act */
  function each(x0, x1, y0, y1, act) {
    for (let row = Math.max(0, Math.floor(y0 / CELL)); row <= Math.min(rows - 1, Math.floor(y1 / CELL)); row++) {
      for (let column = Math.max(0, Math.floor(x0 / CELL)); column <= Math.min(columns - 1, Math.floor(x1 / CELL)); column++) act(row * columns + column);
    }
  }

  return {
    /** @param {number} x @param {number} y */
    addPoint: (x, y) => each(x, x, y, y, (cell) => void (taken[cell] = 1)),
    /** @param {Label} label @param {number} half  of its height */
    addLabel: ({ x, y, width: wide }, half) => each(x, x + wide, y - half, y + half, (cell) => void (taken[cell] = 100)),
    /** @param {Label} label @param {number} half */
    cost({ x, y, width: wide }, half) {
      let sum = 0;
      each(x, x + wide, y - half, y + half, (cell) => void (sum += taken[cell]));
      return sum;
    },
  };
}

/** More names than this would hide what they name; then the markers do. */
const MOST = 5;

/**
 * Names for the lines: without the words that all of them begin with, and none where they are too many.
 * @param {string[]} names
 * @returns {string[]}
 */
export function shortened(names) {
  if (names.length > MOST) return names.map(() => "");
  const words = names.map((name) => name.split(" "));
  let common = 0;
  while (names.length > 1 && words.every((parts) => parts.length > common + 1 && parts[common] === words[0][common])) common++;
  return words.map((parts) => parts.slice(common).join(" "));
}

/** Places around an end, the best first: to the right of it, then above or below, then to the left. @param {number} width @returns {[number, number][]} */
function places(width) {
  const heights = [0, -8, 8, -16, 16, -24, 24, -34, 34];
  const right = heights.map((dy) => /** @type {[number, number]} */ ([GAP, dy]));
  const middle = heights.slice(3).map((dy) => /** @type {[number, number]} */ ([-width / 2, dy]));
  const left = heights.map((dy) => /** @type {[number, number]} */ ([-width - GAP, dy]));
  return [...right, ...middle, ...left];
}

/**
 * @param {{x: number, y: number, width: number}[]} ends  of the lines, with the widths of the names
 * @param {ReturnType<typeof createCover>} cover  of the lines; names are added to it
 * @param {Box} room  that the names must stay within
 * @param {number} half  of the height of a name
 * @returns {Label[]} in the order of the ends
 */
export function placeNames(ends, cover, room, half) {
  return ends.map(({ x, y, width }) => {
    const candidates = places(width).map(([dx, dy], rank) => {
      const label = { x: x + dx, y: y + dy, width };
      const outside = label.x < room.left || label.x + width > room.left + room.width || label.y - half < room.top || label.y + half > room.top + room.height;
      return { label, cost: cover.cost(label, half) + rank * 0.4 + (outside ? 1000 : 0) };
    });
    const best = candidates.reduce((one, other) => (other.cost < one.cost ? other : one)).label;
    cover.addLabel(best, half);
    return best;
  });
}
