/**
 * Projects places of the flat map to the screen for a ground seen aslant: an orthographic projection. Places are in
 * pixels of the flat map, heights as shares of the highest ground in sight. Seen from above and not turned, a place is
 * projected to itself.
 */
import type { Box, Size } from "../../../math/box.ts";

/** The direction from which the ground is seen. */
export interface Eye {
  /** radians that the ground is turned, clockwise */
  turn: number;
  /** elevation of the eye over the plain, in radians: a quarter turn is from above */
  above: number;
}

const FROM_ABOVE: Eye = { turn: 0, above: Math.PI / 2 };

export interface Projection {
  /** the middle of the flat map, and its place on the screen at height 0 */
  middle: [x: number, y: number];
  to: [x: number, y: number];
  scale: number;
  /** of the turn */
  cos: number;
  sin: number;
  /** the factor for lengths towards the eye, and the pixels by which the highest ground rises */
  down: number;
  up: number;
}

/** The height of the highest ground, as a share of the shorter side of the map. */
const HEIGHT = 0.28;
/** The share of the screen for the ground; the rest is for what stands on it. */
const SHARE = 0.92;

const interpolated = (from: number, to: number, share: number) => from + (to - from) * share;

/**
 * @param box  of the flat map
 * @param screen  in which it fits, however it is turned
 * @param share  how far it has risen: 0 flat, 1 fully
 */
export function projectionOf(box: Box, screen: Size, eye: Eye, share: number): Projection {
  const turn = eye.turn * share;
  const above = interpolated(FROM_ABOVE.above, eye.above, share);
  const [down, tall] = [Math.sin(above), HEIGHT * Math.min(box.width, box.height) * Math.cos(above)];
  const across = Math.hypot(box.width, box.height);
  const fits = SHARE * Math.min(screen.width / across, screen.height / (across * down + tall), 1);
  const scale = interpolated(1, fits, share);
  const up = tall * scale * share;
  const middle: [number, number] = [box.left + box.width / 2, box.top + box.height / 2];
  const to: [number, number] = [
    interpolated(middle[0], screen.width / 2, share),
    interpolated(middle[1], screen.height / 2, share) + up / 2,
  ];
  return { middle, to, scale, cos: Math.cos(turn), sin: Math.sin(turn), down, up };
}

/** @returns the place on the screen, and its distance towards the eye, in pixels of the flat map */
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
 * The line over the ground of all places behind one another.
 * @param sx  the column of the screen
 * @returns a place on it by its distance towards the eye
 */
export function behind({ middle, to, scale, cos, sin }: Projection, sx: number) {
  const across = (sx - to[0]) / scale;
  return { x: middle[0] + across * cos, y: middle[1] - across * sin, towardsX: sin, towardsY: cos };
}
