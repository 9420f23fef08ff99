/** Circles, and the scales of pictures that are no charts. */

import type { Size } from "../math/box.ts";
import type { Place } from "./mark.ts";
import { evenScale, type Scale, type Scales } from "./scales.ts";

/** Of what is drawn as a circle. */
const CORNERS = 72;

/** @returns places around a middle, from its right on */
export const circle = (radius: number, [x, y]: Place = [0, 0]): Place[] =>
  Array.from({ length: CORNERS }, (_, k) => {
    const angle = (2 * Math.PI * k) / CORNERS;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });

/** Values on both sides of 0, as far as they reach, on a square in the middle of a picture. @param margin  pixels */
export function squareScales({ width, height }: Size, margin: number, reach: number): Scales {
  const side = Math.min(width, height) - 2 * margin;
  const scale = evenScale(-reach, reach);
  return { box: { left: (width - side) / 2, top: (height - side) / 2, width: side, height: side }, x: scale, y: scale };
}

/** Of values from 0 on by their roots, which tells small ones apart. */
export const rootScale = (high: number): Scale => ({
  place: (value) => (value < 0 ? Number.NaN : Math.sqrt(value / high)),
  valueAt: (share) => high * share * share,
});
