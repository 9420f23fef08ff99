/**
 * The eight markers, one for each slot, as outlines around (0, 0). They look equally heavy, so their radii differ.
 * The same outline serves a canvas (`new Path2D(d)`) and an SVG (`<path d>`).
 */
import table from "../../../fallline/drawing/drawing.json" with { type: "json" };

/** Corners for a radius of 1; null is the circle. */
const CORNERS: (number[][] | null)[] = table.markers.map(({ corners }) => corners);

/** Names for readers who cannot see the shapes. */
export const MARKER_NAMES: string[] = table.markers.map(({ name }) => name);

const short = (value: number) => String(Math.round(value * 100) / 100);

/** @returns SVG path data */
export function outlinePath(corners: number[][], scale: number): string {
  return `M${corners.map(([x, y]) => `${short(x * scale)} ${short(y * scale)}`).join("L")}Z`;
}

/**
 * @param slot  0 to 7
 * @param radius  of the circle; the others look equally heavy
 * @returns SVG path data
 */
export function markerPath(slot: number, radius: number): string {
  const corners = CORNERS[slot];
  const r = short(radius);
  if (!corners) return `M${r} 0A${r} ${r} 0 1 1 -${r} 0A${r} ${r} 0 1 1 ${r} 0Z`;
  return outlinePath(corners, radius);
}
