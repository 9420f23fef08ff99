/** Arrows to scale: of an enlarged step, of the same step on the map, of evidence. */

import { type Ink, type Mark, type Place, path, segment } from "../../../marks/mark.ts";
import { haloOutline } from "../style.ts";
import type { VisibleArea } from "../visibleArea.ts";

/** Nominal pixels: of a head, also of the head that a short arrow is; and the length below which none is drawn. */
export const HEAD = 8;
const [SHORT_HEAD, SHORT] = [5, 2.5];

/** A vector of the problem's parameters, in pixels of the map. */
export const onScreen = ([x, y]: readonly [number, number], { kx, ky }: VisibleArea): Place => [x * kx, -y * ky];

export const displaced = ([x, y]: Place, [dx, dy]: Place, times: number = 1): Place => [x + times * dx, y + times * dy];

/** An arrow to scale, its head a third of it where that can be seen; the lines of a short one are thin. */
export function stepArrow(from: Place, to: Place, scale: number, ink: Ink, hollow: boolean): Mark[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length < SHORT * scale) return [];
  const head = Math.min(HEAD * scale, Math.max(length / 3, Math.min(length, SHORT_HEAD * scale)));
  const [ux, uy] = [dx / length, dy / length];
  const neck: Place = [to[0] - ux * head, to[1] - uy * head];
  const tip: Place[] = [[neck[0] - (uy * head) / 2, neck[1] + (ux * head) / 2], to];
  tip.push([neck[0] + (uy * head) / 2, neck[1] - (ux * head) / 2]);
  const thin = Math.min(1, head / (HEAD * scale));
  const line = { ...haloOutline(1 + thin), stroke: ink };
  return [
    segment(from, neck, line),
    path(tip, { ...line, width: 0.7 + 0.7 * thin, closed: true, fill: hollow ? "casing" : ink }),
  ];
}
