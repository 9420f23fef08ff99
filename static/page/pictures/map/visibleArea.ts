/**
 * The part of both axes in sight and its place on the screen: one scale on both axes wherever possible; the window that
 * was set is always fully in sight, and spare width or height shows more ground.
 */

import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { evenScale, type Scales, valueX, valueY } from "../../marks/scales.ts";
import type { Box } from "../../math/box.ts";
import { sameValue } from "../../math/values.ts";
import type { Extent } from "../../service/painting/grid.ts";
import type { Window } from "../../state/types.ts";

/** box: the box within the frame */
export interface VisibleArea extends Scales, Extent {
  /** pixels in a unit */
  kx: number;
  ky: number;
  /** whether kx and ky are equal */
  equal: boolean;
}

/** Above this ratio the shorter side of a window at one scale would be too thin to read: two scales, and a note. */
const THINNEST = table.frame.thinnest;

/**
 * @param window  of both axes
 * @returns whether one scale on both axes shows the window well enough
 */
export function fitsOneScale([[x0, x1], [y0, y1]]: Window, box: Box): boolean {
  const share = ((x1 - x0) * box.height) / ((y1 - y0) * box.width);
  return share > THINNEST && share < 1 / THINNEST;
}

/**
 * @param window  to be fully in sight
 * @param equal  one scale on both axes
 */
export function areaOf(window: Window, box: Box, equal: boolean): VisibleArea {
  const [[x0, x1], [y0, y1]] = window;
  let kx = box.width / (x1 - x0);
  let ky = box.height / (y1 - y0);
  if (equal) kx = ky = Math.min(kx, ky);
  const halfX = box.width / kx / 2;
  const halfY = box.height / ky / 2;
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const ends = { x0: cx - halfX, x1: cx + halfX, y0: cy - halfY, y1: cy + halfY };
  return { box, x: evenScale(ends.x0, ends.x1), y: evenScale(ends.y0, ends.y1), ...ends, kx, ky, equal };
}

export const windowOf = (area: VisibleArea): Window => [
  [area.x0, area.x1],
  [area.y0, area.y1],
];

/**
 * @param px  the point that stays in place
 * @param factor  above 1 zooms in
 */
export function zoomedWindow(area: VisibleArea, px: number, py: number, factor: number): Window {
  const [x, y] = [valueX(area, px), valueY(area, py)];
  return [
    [x + (area.x0 - x) / factor, x + (area.x1 - x) / factor],
    [y + (area.y0 - y) / factor, y + (area.y1 - y) / factor],
  ];
}

/** @param dx  pixels by which the ground moves right @param dy  down */
export function pannedWindow(area: VisibleArea, dx: number, dy: number): Window {
  const [ux, uy] = [dx / area.kx, dy / area.ky];
  return [
    [area.x0 - ux, area.x1 - ux],
    [area.y0 + uy, area.y1 + uy],
  ];
}

/** @returns the area before, the same object, where the other shows the same */
export const keptArea = (before: VisibleArea | null, area: VisibleArea): VisibleArea =>
  before && sameValue([windowOf(before), before.box], [windowOf(area), area.box]) ? before : area;
