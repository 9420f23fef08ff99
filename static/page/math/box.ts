/** Rectangles on the screen and in charts, in CSS pixels from the top left corner of what contains them. */

export type Size = { width: number; height: number };
export type Box = Size & { left: number; top: number };

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

export function isInside(box: Box, x: number, y: number, margin: number = 0): boolean {
  return (
    x >= box.left - margin &&
    x <= box.left + box.width + margin &&
    y >= box.top - margin &&
    y <= box.top + box.height + margin
  );
}

/** Whether a box lies in another. */
export const liesWithin = ({ left, top, width, height }: Box, other: Box): boolean =>
  isInside(other, left, top) && isInside(other, left + width, top + height);

/** The box around a point. @param half  half of its width, and of its height unless that is given */
export const boxAround = (x: number, y: number, half: number, halfHeight: number = half): Box => ({
  left: x - half,
  top: y - halfHeight,
  width: 2 * half,
  height: 2 * halfHeight,
});

/** A box that is larger on every side. */
export const withMargin = ({ left, top, width, height }: Box, by: number): Box => ({
  left: left - by,
  top: top - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** The box within the margins of a picture. @param margin  nominal pixels @param scale  pixels in a nominal pixel */
export const boxWithin = (
  { width, height }: Size,
  { left, right, top, bottom }: Record<"left" | "right" | "top" | "bottom", number>,
  scale: number,
): Box => ({
  left: left * scale,
  top: top * scale,
  width: width - (left + right) * scale,
  height: height - (top + bottom) * scale,
});

/** A box moved so that it lies within another. */
export const movedInto = (box: Box, frame: Box): Box => ({
  ...box,
  left: Math.max(frame.left + 2, Math.min(box.left, frame.left + frame.width - box.width - 2)),
  top: Math.max(frame.top + 2, Math.min(box.top, frame.top + frame.height - box.height - 2)),
});

/**
 * The part of a segment in a box (Liang and Barsky, 1984).
 * @returns where it begins and ends, as shares of the segment; null where none of it lies in the box
 */
export function clippedSegment(
  { left, top, width, height }: Box,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): [number, number] | null {
  let [from, to] = [0, 1];
  const [dx, dy] = [x1 - x0, y1 - y0];
  const sides = [
    [-dx, x0 - left],
    [dx, left + width - x0],
    [-dy, y0 - top],
    [dy, top + height - y0],
  ];
  for (const [speed, distance] of sides) {
    if (speed === 0 && distance < 0) return null;
    if (speed < 0) from = Math.max(from, distance / speed);
    if (speed > 0) to = Math.min(to, distance / speed);
  }
  return from < to ? [from, to] : null;
}

/**
 * @param distances  in pixels
 * @returns the index of the smallest; -1 where none is small enough
 */
export function indexOfNearest(distances: number[], reach: number): number {
  const least = Math.min(...distances.filter((pixels) => pixels <= reach));
  return distances.findIndex((pixels) => pixels === least && pixels <= reach);
}
