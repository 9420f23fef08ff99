/** Two rows side by side. */

/** Indices; null: the other stands alone. */
type Pair = [number | null, number | null];

/**
 * The pairs with the highest sum of scores that keep the order of both sides.
 * @param fit  above 0 for what may be a pair
 */
export function pairedInOrder(left: number, right: number, fit: (i: number, j: number) => number): Pair[] {
  const best = Array.from({ length: left + 1 }, () => new Array(right + 1).fill(0));
  for (let i = left - 1; i >= 0; i--) {
    for (let j = right - 1; j >= 0; j--)
      best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], fit(i, j) > 0 ? fit(i, j) + best[i + 1][j + 1] : 0);
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < left || j < right; ) {
    if (i < left && j < right && fit(i, j) > 0 && best[i][j] === fit(i, j) + best[i + 1][j + 1]) pairs.push([i++, j++]);
    else if (i < left && (j === right || best[i + 1][j] >= best[i][j + 1])) pairs.push([i++, null]);
    else pairs.push([null, j++]);
  }
  return pairs;
}
