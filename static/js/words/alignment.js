/** Two rules side by side: lines that compute the same quantity share a row, in the order of both. */

/** @typedef {import("./stepLines.js").LineText} LineText */
/** @typedef {{left: LineText | null, right: LineText | null, differs: boolean}} Row  differs: not the same formula */

/**
 * How many quantities two rules have in common, in one order, from each pair of lines on.
 * @param {LineText[]} left @param {LineText[]} right @returns {number[][]}
 */
function common(left, right) {
  const counts = Array.from({ length: left.length + 1 }, () => new Array(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      counts[i][j] = left[i].of === right[j].of ? counts[i + 1][j + 1] + 1 : Math.max(counts[i + 1][j], counts[i][j + 1]);
    }
  }
  return counts;
}

/** @param {LineText[]} left @param {LineText[]} right @returns {Row[]} */
export function aligned(left, right) {
  const counts = common(left, right);
  /** @type {Row[]} */
  const rows = [];
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const [a, b] = [left[i] ?? null, right[j] ?? null];
    if (a && b && a.of === b.of) {
      rows.push({ left: a, right: b, differs: a.formula !== b.formula });
      [i, j] = [i + 1, j + 1];
    } else if (a && (!b || counts[i + 1][j] >= counts[i][j + 1])) rows.push({ left: left[i++], right: null, differs: true });
    else rows.push({ left: null, right: right[j++], differs: true });
  }
  return rows;
}
