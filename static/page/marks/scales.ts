/** Where values lie on the screen: a rectangle, with a scale along each of its sides. */

import type { Box } from "../math/box.ts";
import type { Place } from "./mark.ts";

export interface Scale {
  /** 0 to 1 between the ends, less or more beyond them; NaN for a value without a place */
  place: (value: number) => number;
  /** the way back */
  valueAt: (share: number) => number;
}

/** @returns from one value to another, evenly */
export const evenScale = (low: number, high: number): Scale => ({
  place: (value) => (value - low) / (high - low),
  valueAt: (share) => low + share * (high - low),
});

/** The scale of x goes to the right, that of y upwards. */
export interface Scales {
  box: Box;
  x: Scale;
  y: Scale;
}

export const screenX = ({ box, x }: Scales, value: number): number => box.left + x.place(value) * box.width;
export const screenY = ({ box, y }: Scales, value: number): number => box.top + (1 - y.place(value)) * box.height;

/** Where a place lies on the screen. */
export const screenPlace = (scales: Scales, x: number, y: number): Place => [screenX(scales, x), screenY(scales, y)];

/** The way back, from pixels. */
export const valueX = ({ box, x }: Scales, px: number): number => x.valueAt((px - box.left) / box.width);
export const valueY = ({ box, y }: Scales, py: number): number => y.valueAt(1 - (py - box.top) / box.height);

/** Of a picture laid out in pixels: they are its values, down from the top. */
export const PIXELS: Scales = {
  box: { left: 0, top: 0, width: 1, height: 1 },
  x: evenScale(0, 1),
  y: evenScale(1, 0),
};

/** Where a mark stands on the screen, in pixels. @param scale  of its shift */
export const pixelsOf = (
  scales: Scales,
  { at, shift: [dx, dy] = [0, 0] }: { at: Place; shift?: Place },
  scale: number,
): Place => [screenX(scales, at[0]) + dx * scale, screenY(scales, at[1]) + dy * scale];

/** Of shares of a side, whatever its values are. */
export const SHARE = evenScale(0, 1);

export const shareScales = (box: Box): Scales => ({ box, x: SHARE, y: SHARE });

type Vertex = [x: number, y: number];

/**
 * Thins a line to the first, the least, the greatest and the last vertex of each pixel across, so that no peak is lost.
 * @param vertexAt  in order of x
 */
export function thinned(count: number, vertexAt: (index: number) => Vertex): Vertex[] {
  const vertices: Vertex[] = [];
  for (let k = 0; k < count; ) {
    const first = vertexAt(k);
    let [least, greatest, last] = [first, first, first];
    for (k++; k < count; k++) {
      const point = vertexAt(k);
      // A vertex without a height ends the line.
      if (Math.floor(point[0]) !== Math.floor(first[0]) || Number.isNaN(point[1]) || Number.isNaN(first[1])) break;
      if (point[1] < least[1]) least = point;
      if (point[1] > greatest[1]) greatest = point;
      last = point;
    }
    vertices.push(...new Set([first, ...(least[0] < greatest[0] ? [least, greatest] : [greatest, least]), last]));
  }
  return vertices;
}

/** Where a line runs on the screen: through all of its places, or as many as the pixels can show. */
export function eachVertex(
  scales: Scales,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  act: (x: number, y: number) => void,
) {
  const count = Math.min(x.length, y.length);
  if (scales !== PIXELS && count > 2 * scales.box.width)
    for (const vertex of thinned(count, (k) => [screenX(scales, x[k]), screenY(scales, y[k])])) act(...vertex);
  else for (let k = 0; k < count; k++) act(screenX(scales, x[k]), screenY(scales, y[k]));
}

export function verticesOf(scales: Scales, x: ArrayLike<number>, y: ArrayLike<number>): Vertex[] {
  const vertices: Vertex[] = [];
  eachVertex(scales, x, y, (...vertex) => vertices.push(vertex));
  return vertices;
}
