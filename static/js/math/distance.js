/** How far two paths are from each other. */

/** @typedef {import("../state/types.js").Run} Run */

/**
 * @param {Run} a
 * @param {Run} b
 * @returns {{steps: number, most: number, size: number}} over as many steps as both have taken: the largest distance between them, and how far the first goes from its start
 */
export function apartness(a, b) {
  const rows = Math.min(a.length, b.length);
  let [most, size] = [0, 0];
  for (let row = 0; row < rows; row++) {
    most = Math.max(most, between(a.columns.parameters, row, b.columns.parameters, row));
    size = Math.max(size, between(a.columns.parameters, row, a.columns.parameters, 0));
  }
  return { steps: rows - 1, most, size };
}

/** @param {Float64Array[]} a @param {number} row @param {Float64Array[]} b @param {number} other */
const between = (a, row, b, other) => Math.hypot(...a.map((column, k) => column[row] - b[k][other]));
