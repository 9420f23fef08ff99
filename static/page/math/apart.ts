/** Words that stand beside the ends of lines, moved as little as keeps them from lying on each other. */

/**
 * @param ends  moved in place
 * @param gap  from one to the next, at the least
 */
export function moveApart(ends: { y: number }[], gap: number, top: number, bottom: number) {
  const order = [...ends].sort((a, b) => a.y - b.y);
  for (const [k, end] of order.entries()) end.y = Math.max(end.y, k ? order[k - 1].y + gap : top);
  order.reverse();
  for (const [k, end] of order.entries()) end.y = Math.min(end.y, k ? order[k - 1].y - gap : bottom);
}
