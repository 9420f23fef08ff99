/**
 * How a place of the flat map lies on the screen once the ground is seen from aslant: an orthographic projection.
 * Places are pixels of the flat map, heights shares of the highest ground in sight. Seen from above, and not turned,
 * a place lies where it lies on the flat map.
 */
import type { Box, Size } from "../../../math/box.ts";

/** From where the ground is looked at. */
export interface Eye {
  /** radians that the ground is turned, clockwise */
  turn: number;
  /** radians of the eye above the plain: a quarter turn is from above */
  above: number;
}

export const FROM_ABOVE: Eye = { turn: 0, above: Math.PI / 2 };

export interface Projection {
  /** of the flat map: a place there, and where it lies on the screen at height 0 */
  middle: [x: number, y: number];
  to: [x: number, y: number];
  scale: number;
  /** of the turn */
  cos: number;
  sin: number;
  /** what is seen of a length that runs towards the eye, and pixels that the highest ground stands out */
  down: number;
  up: number;
}

/** Height of the highest ground, as part of the shorter side of the map. */
const HEIGHT = 0.28;
/** As part of the screen, what stands on it stays free of. */
const ROOM = 0.92;

const between = (from: number, to: number, share: number) => from + (to - from) * share;

/**
 * @param box  of the flat map
 * @param screen  that it is to fit, however it is turned
 * @param share  risen: 0 is flat, 1 is seen from the eye
 */
export function projectionOf(box: Box, screen: Size, eye: Eye, share: number): Projection {
  const turn = eye.turn * share;
  const above = between(FROM_ABOVE.above, eye.above, share);
  const [down, tall] = [Math.sin(above), HEIGHT * Math.min(box.width, box.height) * Math.cos(above)];
  const across = Math.hypot(box.width, box.height);
  const fits = ROOM * Math.min(screen.width / across, screen.height / (across * down + tall), 1);
  const scale = between(1, fits, share);
  const up = tall * scale * share;
  const middle: [number, number] = [box.left + box.width / 2, box.top + box.height / 2];
  const to: [number, number] = [
    between(middle[0], screen.width / 2, share),
    between(middle[1], screen.height / 2, share) + up / 2,
  ];
  return { middle, to, scale, cos: Math.cos(turn), sin: Math.sin(turn), down, up };
}

/** @returns where it lies on the screen, and how far towards the eye, in pixels of the flat map */
export function projected(
  { middle, to, scale, cos, sin, down, up }: Projection,
  x: number,
  y: number,
  height: number,
): [x: number, y: number, near: number] {
  const [dx, dy] = [x - middle[0], y - middle[1]];
  const near = dx * sin + dy * cos;
  return [to[0] + scale * (dx * cos - dy * sin), to[1] + scale * near * down - up * height, near];
}

/**
 * The places that lie one behind another: a line over the ground.
 * @param sx  across the screen
 * @returns a place of it, from how far it is towards the eye
 */
export function behind({ middle, to, scale, cos, sin }: Projection, sx: number) {
  const across = (sx - to[0]) / scale;
  return { x: middle[0] + across * cos, y: middle[1] - across * sin, towardsX: sin, towardsY: cos };
}
